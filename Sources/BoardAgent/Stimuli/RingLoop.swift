// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Vocabulary

/// Raises, awaits and acknowledges, again and again: the loop whose speed is compared with C's.
struct RingLoop {
    private let request: Ring
    private let device: HeldDevice
    private let vectors: ArmedVectors
    private let vector: Int
    private var waits: [pollfd]
    private var histogram = LatencyHistogram()
    private var raised: UInt32 = 0
    private var arrived: UInt32 = 0
    private var spurious: UInt64 = 0
    private var isStopped = false

    init(request: Ring, device: HeldDevice, vectors: ArmedVectors, endSignals: Int32) {
        self.request = request
        self.device = device
        self.vectors = vectors
        vector = Int(request.vector.rawValue)
        // An order to end, or a controller that is gone, ends the wait too.
        waits = [
            pollfd(fd: vectors.descriptors[vector], events: Int16(POLLIN), revents: 0),
            pollfd(fd: endSignals, events: Int16(POLLIN), revents: 0),
            pollfd(fd: 0, events: board_pollrdhup(), revents: 0),
        ]
    }

    mutating func run(_ stimulus: some Stimulus) -> RingResult {
        vectors.drain(vector)
        let began = board_now()
        while raised < request.count, !isStopped {
            if raised > 0 { pause(max(request.pace, stimulus.gap)) }
            ringOnce(stimulus)
        }
        let ended = board_now()
        collectLate(rest: stimulus.rest)
        return RingResult(
            stimulus: stimulus.name, raised: raised, arrived: arrived, lost: raised - arrived,
            spurious: UInt32(clamping: spurious), shortest: histogram.shortest,
            median: histogram.percentile(50), percentile99: histogram.percentile(99),
            longest: histogram.longest, elapsed: Nanoseconds(rawValue: ended - began))
    }

    private mutating func ringOnce(_ stimulus: some Stimulus) {
        let burst = min(max(request.burst, 1), request.count - raised)
        let began = board_now()
        for _ in 0..<burst { stimulus.raise() }
        raised += burst
        let came = awaitSignals(UInt64(burst), until: began &+ request.timeout.rawValue)
        if came >= UInt64(burst) {
            histogram.record(Nanoseconds(rawValue: board_now() - began))
        }
        arrived += UInt32(min(came, UInt64(burst)))
        spurious += came > UInt64(burst) ? came - UInt64(burst) : 0
        stimulus.acknowledge()
        unmaskINTx()
    }

    /// Waits for signals of the vector; gives how many came, more than wanted included.
    private mutating func awaitSignals(_ wanted: UInt64, until deadline: UInt64) -> UInt64 {
        var came: UInt64 = 0
        while came < wanted, wait(until: deadline) { came += vectors.drain(vector) }
        return came
    }

    /// Waits until the eventfd can be read; false at the deadline, or when the end is asked for.
    private mutating func wait(until deadline: UInt64) -> Bool {
        let now = board_now()
        // Rounded up: a timeout below a millisecond must not become none.
        let left = now < deadline ? (deadline - now + 999_999) / 1_000_000 : 0
        let ready = poll(&waits, UInt(waits.count), Int32(clamping: left))
        isStopped = ready > 0 && (waits[1].revents != 0 || waits[2].revents != 0)
        return ready > 0 && !isStopped && waits[0].revents != 0
    }

    /// Takes signals that come after the last wait: nothing that a device sends is left uncounted.
    private mutating func collectLate(rest: Nanoseconds) {
        let patience = arrived < raised ? request.timeout.rawValue : 0
        let deadline = board_now() &+ max(patience, rest.rawValue)
        while !isStopped {
            if wait(until: deadline) { spurious += vectors.drain(vector) }
            if board_now() >= deadline { return }
        }
    }

    /// VFIO masks a level interrupt when it arrives (`VFIO_IRQ_INFO_AUTOMASKED`).
    private func unmaskINTx() {
        guard vectors.kind == .intx else { return }
        var set: [UInt32] = [20, IRQSet.dataNone | IRQSet.actionUnmask, 0, 0, 1]
        _ = board_ioctl(device.descriptor, board_set_irqs(), &set)
    }

    private mutating func pause(_ length: Nanoseconds) {
        guard length > .zero, !isStopped else { return }
        var time = timespec(
            tv_sec: Int(length.rawValue / 1_000_000_000),
            tv_nsec: Int(length.rawValue % 1_000_000_000))
        _ = nanosleep(&time, nil)
    }
}
