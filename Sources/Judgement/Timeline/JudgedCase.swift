// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence
package import ReferenceModel
import Vocabulary

/// A case as invariants look at it: evidence, expectation, and what belongs to what.
///
/// All that invariants search for is found and sorted once, so that judging takes time in
/// proportion to the steps.
package struct JudgedCase: Sendable {
    let evidence: CaseEvidence
    let expectation: Expectation
    let board: BoardFacts
    /// Who owns which physical addresses; nothing where `/proc/iomem` was not read.
    let memory: [MemoryRegion]?
    let history: AttachmentHistory
    /// The steps with what was expected and read of each.
    let steps: [JudgedStep]
    /// Nothing when no trace was kept.
    let trace: TraceIndex?
    /// The first event that may belong to either of two steps.
    let undecided: Damage?
    let messages: MessageIndex
    let hosted: HostedMessages
    let groups: GroupReadings
    let faults: FaultReadings
    /// Whether somebody has looked at the board from outside.
    let isObserved: Bool
    /// What the kernel reported to have mapped, where somebody else saw what was; else nothing.
    let reported: ReportedMaps?
    /// The vector armings of each domain, in the order of the first.
    let armingsByDomain: [(domain: DomainLife, armings: [JudgedStep])]
    /// Whether record and expectation tell different stories: nothing can be compared then.
    let isMismatched: Bool
    private let interruptReadings: [Int]

    package init(
        evidence: CaseEvidence, expectation: Expectation, board: BoardFacts,
        memory: [MemoryRegion]? = nil
    ) {
        self.evidence = evidence
        self.expectation = expectation
        self.board = board
        self.memory = memory
        isMismatched = evidence.record.steps.map(\.step) != expectation.steps.map(\.step)
        let devices = evidence.record.devices
        let history = AttachmentHistory(
            evidence.record.steps, expected: expectation.steps, board: board, devices: devices)
        self.history = history
        steps = Self.steps(of: evidence, expectation: expectation)
        trace = evidence.trace.map { Self.index($0, of: evidence.record, history, board) }
        undecided = trace?.undecided
        messages = MessageIndex(steps, history, devices)
        hosted = HostedMessages(evidence, history)
        groups = GroupReadings(evidence)
        faults = FaultReadings(evidence, trace: trace)
        isObserved = evidence.steps.contains { $0.observer != nil }
        reported = isObserved ? trace.map { ReportedMaps($0, history) } : nil
        armingsByDomain = Self.armings(steps, history)
        interruptReadings = steps.filter { $0.seen.interrupts != nil }.map(\.position)
    }

    private static func steps(
        of evidence: CaseEvidence, expectation: Expectation
    ) -> [JudgedStep] {
        zip(evidence.record.steps, expectation.steps).enumerated().map { position, pair in
            JudgedStep(
                position: position, record: pair.0, expected: pair.1,
                seen: evidence.steps.indices.contains(position)
                    ? evidence.steps[position] : StepEvidence())
        }
    }

    private static func index(
        _ trace: [TraceRecord], of record: CaseRecord, _ history: AttachmentHistory,
        _ board: BoardFacts
    ) -> TraceIndex {
        let own = Set([record.agentProcess] + (record.childProcesses ?? []))
        var attribution = TraceAttribution(record.steps, history: history, board: board)
        let events = attribution.attribute(
            trace.filter { own.contains($0.process) }, CallWindows(record))
        return TraceIndex(events, steps: record.steps.count)
    }

    private static func armings(
        _ steps: [JudgedStep], _ history: AttachmentHistory
    ) -> [(domain: DomainLife, armings: [JudgedStep])] {
        var places: [DomainLife: Int] = [:]
        var found: [(domain: DomainLife, armings: [JudgedStep])] = []
        for step in steps where step.isArming {
            guard let domain = history.moments[step.position].deviceDomain else { continue }
            if let place = places[domain] {
                found[place].armings.append(step)
            } else {
                places[domain] = found.count
                found.append((domain, [step]))
            }
        }
        return found
    }

    /// The last reading of `/proc/interrupts` before a step.
    func interrupts(before step: Int) -> InterruptTable? {
        var low = 0
        var high = interruptReadings.count
        while low < high {
            let middle = (low + high) / 2
            if interruptReadings[middle] < step { low = middle + 1 } else { high = middle }
        }
        return low > 0
            ? steps[interruptReadings[low - 1]].seen.interrupts : evidence.before.interrupts
    }
}

/// One step: what was done, what should have come of it, what was read.
///
/// An object, for nearly every invariant takes some steps out of all: copies of so many fields made
/// judging a long run slower for each step than a short one.
final class JudgedStep: Sendable {
    let position: Int
    let record: StepRecord
    let expected: StepExpectation
    let seen: StepEvidence

    init(position: Int, record: StepRecord, expected: StepExpectation, seen: StepEvidence) {
        self.position = position
        self.record = record
        self.expected = expected
        self.seen = seen
    }
}
