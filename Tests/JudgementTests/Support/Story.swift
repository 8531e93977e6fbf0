// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import ReferenceModel
import Vocabulary

/// A recorded case, ready to be changed and judged.
struct Story {
    var record: CaseRecord
    var board: BoardFacts
    var expectation: Expectation
    var memory: [MemoryRegion]?

    init(_ recorded: RecordedBoard, _ name: String) throws {
        record = try recorded.record(name)
        let evidence = try recorded.board()
        board = try BoardFacts(evidence, groups: CaseEvidence(record).before.groups)
        memory = evidence.memory
        expectation = try Self.predict(record, board)
    }

    static func predict(
        _ record: CaseRecord, _ board: BoardFacts, overrides: ModelOverrides = .none
    ) throws -> Expectation {
        try ReferenceModel(board: board, overrides: overrides).predict(
            steps: record.steps.map(\.step), devices: record.devices,
            unsafeInterruptsAllowed: record.unsafeInterruptsAllowed)
    }

    func judgement() -> CaseJudgement {
        judge(CaseEvidence(record), expectation: expectation, board: board, memory: memory)
    }
}

extension Story {
    /// Rewrites every text of a kind, those of one step only where a step is named.
    mutating func rewrite(
        _ kind: EvidenceKind, step: Int? = nil, _ change: (String) -> String
    ) {
        if step == nil {
            for index in record.texts.indices where kind.holds(record.texts[index].source) {
                record.texts[index].text = change(record.texts[index].text)
            }
        }
        for position in record.steps.indices where step == nil || step == position {
            for index in record.steps[position].texts.indices
            where kind.holds(record.steps[position].texts[index].source) {
                let text = record.steps[position].texts[index].text
                record.steps[position].texts[index].text = change(text)
            }
        }
    }

    /// Takes every text of a kind away, as if nobody had read it.
    mutating func drop(_ kind: EvidenceKind) {
        record.texts.removeAll { kind.holds($0.source) }
        for position in record.steps.indices {
            record.steps[position].texts.removeAll { kind.holds($0.source) }
        }
    }

    /// Gives one call of a step another errno.
    mutating func fail(step: Int, call: String, with errno: KernelErrno) {
        for index in record.steps[step].calls.indices
        where record.steps[step].calls[index].name == call {
            record.steps[step].calls[index].errno = errno
            record.steps[step].calls[index].result = errno == .none ? 0 : -1
        }
    }

    /// Replaces lines of the trace; a line may become several, or none.
    mutating func editTrace(_ change: (String) -> [String]) {
        rewrite(.trace) { text in
            let lines = text.split(separator: "\n").flatMap { change(String($0)) }
            return Self.trace(lines.filter { !$0.hasPrefix("#") })
        }
    }

    /// The trace of these lines, with a header that tells how many they are.
    static func trace(_ lines: [String]) -> String {
        let header = "# entries-in-buffer/entries-written: \(lines.count)/\(lines.count)   #P:2"
        return (["# tracer: nop", "#", header] + lines).map { $0 + "\n" }.joined()
    }

    /// A trace line of the agent in the middle of a step's last call.
    func traceLine(duringStep step: Int, _ event: String) -> String {
        let call = record.steps[step].calls[record.steps[step].calls.count - 1]
        let middle = (call.began.rawValue + call.ended.rawValue) / 2_000
        let fraction = String(middle % 1_000_000)
        let zeros = String(repeating: "0", count: 6 - fraction.count)
        return
            "    cap-\(record.agentProcess)  [000] .....  \(middle / 1_000_000).\(zeros)\(fraction): "
            + event
    }

    /// Adds a line to the trace where its time belongs.
    mutating func addTrace(duringStep step: Int, _ event: String) {
        addTrace(traceLine(duringStep: step, event))
    }

    /// Adds lines to the trace where their times belong.
    mutating func addTrace(_ added: String...) {
        rewrite(.trace) { text in
            let lines = text.split(separator: "\n").map { String($0) } + added
            let events = lines.filter { !$0.hasPrefix("#") }
            return Self.trace(events.sorted { Self.time(of: $0) < Self.time(of: $1) })
        }
    }

    private static func time(of line: String) -> Double {
        let words = line.split(separator: " ")
        return words.count > 3 ? Double(words[3].dropLast()) ?? 0 : 0
    }

    /// The page of the board's only doorbell as trace lines print it.
    var doorbellPage: String {
        "paddr=" + Hexadecimal.prefixed(board.doorbellPages.first?.rawValue ?? 0, width: 16)
    }

    func state(of id: InvariantID) -> InvariantResult.State? {
        judgement().results.first { $0.invariant == id }?.state
    }
}

/// The kinds of text that stories change.
enum EvidenceKind {
    case trace, configuration, msix, pending, interrupts, reserved, type, log, observer

    func holds(_ source: RawText.Source) -> Bool {
        switch (self, source) {
        case (.trace, .trace), (.configuration, .configurationSpace), (.msix, .msixTable),
            (.pending, .pendingBits), (.type, .groupType), (.interrupts, .interrupts),
            (.reserved, .reservedRegions), (.log, .kernelLog), (.observer, .observer):
            true
        default: false
        }
    }
}
