// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Stimuli
import Vocabulary

/// One vector of a plan, and its account.
final class RingingLane {
    let request: TrafficLane
    let held: HeldDevice
    let index: Int
    var stimulus: PlannedStimulus
    /// The earliest time of the next raise.
    var due: UInt64 = 0
    /// Which processor its interrupt was given to last, counted on over all of them.
    var processor: UInt32 = 0
    /// How many raises the newest turn has.
    var lastBurst: UInt64 = 0
    /// After how many raises one turn is made under the mask; 0 for never.
    var maskEvery: UInt64 = 0
    private(set) var tally = RaiseTally()
    private var histogram = LatencyHistogram()
    private var signals = SignalTally()
    private var premature: UInt64 = 0
    private var maskings: UInt64 = 0
    private var isArmedAnew = false
    /// Whether the eventfd was filled and not read since.
    private var isFull = false

    // Of the turn that is being made.
    private var burst: UInt64 = 0
    private var before: UInt64 = 0
    private var behind: UInt64 = 0
    private var raisedAt: UInt64 = 0
    /// Turns in a row that nothing answered; after 16 the vector is taken for silent.
    private var unanswered: UInt32 = 0

    init(_ request: TrafficLane, _ held: HeldDevice, _ stimulus: PlannedStimulus) {
        self.request = request
        self.held = held
        self.stimulus = stimulus
        index = Int(request.vector.rawValue)
    }

    /// The eventfd; -1, which polls as never ready, where the vector is armed no more.
    var descriptor: Int32 {
        guard let vectors = held.armed.last, index < vectors.count else { return -1 }
        return vectors.descriptors[index]
    }

    var isAnswered: Bool { behind > 0 }
    /// Whether raises of the burst may still come as signals of their own.
    var mayFollow: Bool { isAnswered && before + behind < burst }
    var isSilent: Bool { unanswered >= 16 }
    /// What poll is asked for: a full eventfd can be read at once, and says so when it overflows.
    var events: Int16 { isFull ? 0 : Int16(POLLIN) }

    /// Fills the eventfd to one below its end (`eventfd_write`, 6.1).
    func fill() {
        var value: UInt64 = .max - 1
        isFull = CBoard.write(descriptor, &value, 8) == 8
    }

    /// Makes the raises of a turn; signals that come before the last are told apart.
    func raise(_ count: UInt64) {
        (burst, before, behind) = (count, 0, 0)
        for _ in 1..<count { stimulus.raise() }
        if count > 1 { before = take() }
        raisedAt = board_now()
        stimulus.raise()
    }

    /// Reads what poll says is there.
    func answer(at now: UInt64) {
        let came = take()
        if behind == 0, came > 0 { histogram.record(Nanoseconds(rawValue: now - raisedAt)) }
        behind &+= came
    }

    /// Enters the turn into the account, and lets the device ring again.
    func finish() {
        unanswered = behind == 0 ? unanswered &+ 1 : 0
        if isFull { _ = take() }
        tally.enter(burst: burst, before: before, behind: behind)
        stimulus.acknowledge()
        unmaskINTx()
        due = raisedAt &+ max(request.pace.rawValue, stimulus.gap.rawValue)
    }

    /// Enters what came while the mask was set.
    func finishMasking() {
        maskings += 1
        premature &+= take()
    }

    /// Enters what comes behind all turns.
    func collectLate() { tally.enter(late: take()) }

    /// Counts as the kernel does, which begins anew for an interrupt that is armed again: with what
    /// came while an NVMe's queues were set up.
    func rearmed() { isArmedAnew = true }

    /// Reads the eventfd: signals, or 1 for a full one that overflowed.
    private func take() -> UInt64 {
        var value: UInt64 = 0
        guard read(descriptor, &value, 8) == 8 else { return 0 }
        if isFull {
            isFull = false
            guard value == .max else { return value &- (.max - 1) }
        }
        let came = signals.add(value)
        held.armed.last?.count(came, at: index)
        return value == .max ? 1 : came
    }

    /// VFIO masks a level interrupt when it arrives (`VFIO_IRQ_INFO_AUTOMASKED`).
    private func unmaskINTx() {
        guard held.armed.last?.kind == .intx else { return }
        var set: [UInt32] = [20, IRQSet.dataNone | IRQSet.actionUnmask, 0, 0, 1]
        _ = board_ioctl(held.descriptor, board_set_irqs(), &set)
    }

    var result: LaneResult {
        let since = isArmedAnew ? held.armed.last?.tallies[index].total : nil
        return LaneResult(
            stimulus: stimulus.name, tally: tally, premature: premature, maskings: maskings,
            sinceArmed: since, overflowed: signals.overflowed, latency: histogram)
    }
}
