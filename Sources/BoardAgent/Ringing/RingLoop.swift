// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Stimuli
import Vocabulary

/// Raises, awaits and acknowledges, again and again: the loop whose speed is compared with C's.
struct RingLoop {
    private let request: Ring
    private let device: HeldDevice
    private let vectors: ArmedVectors
    private let isLevel: Bool
    private let vector: Int
    /// A value of its own, not in an array: the loop touches nothing that is counted.
    private var eventWait: pollfd
    private var ends: [pollfd]
    private var rounds: UInt32 = 0
    private var histogram = LatencyHistogram()
    private var raised: UInt32 = 0
    private var arrived: UInt32 = 0
    private var spurious: UInt64 = 0
    private var tally = SignalTally()
    /// Raises in a row that nothing answered.
    private var unanswered: UInt32 = 0
    private var isStopped = false
    /// How long nobody looks for the end, in milliseconds.
    private static let slice: UInt64 = 100
    /// After so many the device is taken for silent, and the rest is hardly awaited.
    private static let silence: UInt32 = 64
    private static let shortPatience: UInt64 = 1_000_000

    init(request: Ring, device: HeldDevice, vectors: ArmedVectors, endSignals: Int32) {
        self.request = request
        self.device = device
        self.vectors = vectors
        isLevel = vectors.kind == .intx
        vector = Int(request.vector.rawValue)
        eventWait = pollfd(
            fd: vectors.descriptors[vector], events: Int16(POLLIN), revents: 0)
        // An order to end, or a controller that is gone.
        ends = [
            pollfd(fd: endSignals, events: Int16(POLLIN), revents: 0),
            pollfd(fd: 0, events: board_pollrdhup(), revents: 0),
        ]
    }

    mutating func run(_ stimulus: inout some Stimulus) -> RingResult {
        vectors.drain(vector)
        let began = board_now()
        while raised < request.count, !isStopped {
            if raised > 0 { pause(max(request.pace, stimulus.gap)) }
            ringOnce(&stimulus)
            // Seldom enough to cost nothing, often enough to end in a moment.
            rounds &+= 1
            if rounds % 256 == 0 { lookForTheEnd() }
        }
        let ended = board_now()
        collectLate(rest: stimulus.rest)
        vectors.count(tally.total, at: vector)
        return RingResult(
            stimulus: stimulus.name, raised: raised, arrived: arrived, lost: raised - arrived,
            spurious: UInt32(clamping: spurious), overflowed: tally.overflowed,
            shortest: histogram.shortest, median: histogram.percentile(50),
            percentile99: histogram.percentile(99), longest: histogram.longest,
            elapsed: Nanoseconds(rawValue: ended - began))
    }

    private mutating func ringOnce(_ stimulus: inout some Stimulus) {
        let burst = min(max(request.burst, 1), request.count - raised)
        let began = board_now()
        for _ in 0..<burst { stimulus.raise() }
        raised += burst
        let came = awaitSignals(UInt64(burst), until: began &+ patience)
        if came >= UInt64(burst) {
            histogram.record(Nanoseconds(rawValue: board_now() - began))
        }
        unanswered = came == 0 ? unanswered &+ burst : 0
        arrived += UInt32(min(came, UInt64(burst)))
        spurious &+= came > UInt64(burst) ? came - UInt64(burst) : 0
        stimulus.acknowledge()
        unmaskINTx()
    }

    /// How long one burst is awaited, in nanoseconds.
    private var patience: UInt64 {
        unanswered < Self.silence
            ? request.timeout.rawValue : min(request.timeout.rawValue, Self.shortPatience)
    }

    /// Waits for signals of the vector; gives how many came, more than wanted included.
    private mutating func awaitSignals(_ wanted: UInt64, until deadline: UInt64) -> UInt64 {
        var came: UInt64 = 0
        let slice = Int32(clamping: min(Self.milliseconds(patience), Self.slice))
        while came < wanted, wait(came == 0 ? slice : 0, until: deadline) {
            came &+= drain()
        }
        return came
    }

    /// Waits until the eventfd can be read; false at the deadline, or when the end is asked for.
    ///
    /// Most signals come at once: the first look, `first` milliseconds long, needs no clock.
    private mutating func wait(_ first: Int32, until deadline: UInt64) -> Bool {
        if poll(&eventWait, 1, first) > 0 { return true }
        var now = board_now()
        while now < deadline, !isStopped {
            lookForTheEnd()
            let left = min(Self.milliseconds(deadline - now), Self.slice)
            if poll(&eventWait, 1, Int32(left)) > 0 { return true }
            now = board_now()
        }
        return false
    }

    /// Rounded up: a timeout below a millisecond must not become none.
    private static func milliseconds(_ nanoseconds: UInt64) -> UInt64 {
        nanoseconds / 1_000_000 + (nanoseconds % 1_000_000 == 0 ? 0 : 1)
    }

    private mutating func drain() -> UInt64 {
        var value: UInt64 = 0
        guard read(eventWait.fd, &value, 8) == 8 else { return 0 }
        return tally.add(value)
    }

    private mutating func lookForTheEnd() {
        isStopped = poll(&ends, UInt(ends.count), 0) > 0
    }

    /// Takes signals that come after the last wait: nothing that a device sends is left uncounted.
    private mutating func collectLate(rest: Nanoseconds) {
        let patience = arrived < raised ? request.timeout.rawValue : 0
        let deadline = board_now() &+ max(patience, rest.rawValue)
        repeat {
            if wait(0, until: deadline) { spurious &+= drain() }
        } while board_now() < deadline && !isStopped
    }

    /// VFIO masks a level interrupt when it arrives (`VFIO_IRQ_INFO_AUTOMASKED`).
    private func unmaskINTx() {
        guard isLevel else { return }
        var set: [UInt32] = [20, IRQSet.dataNone | IRQSet.actionUnmask, 0, 0, 1]
        _ = board_ioctl(device.descriptor, board_set_irqs(), &set)
    }

    /// A long pause ends when the end is asked for; one below a millisecond is slept.
    private mutating func pause(_ length: Nanoseconds) {
        guard length > .zero, !isStopped else { return }
        guard length.rawValue < 1_000_000 else {
            let pause = Int32(clamping: Self.milliseconds(length.rawValue))
            isStopped = poll(&ends, UInt(ends.count), pause) > 0
            return
        }
        var time = timespec(tv_sec: 0, tv_nsec: Int(length.rawValue))
        _ = nanosleep(&time, nil)
    }
}
