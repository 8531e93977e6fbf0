// SPDX-License-Identifier: GPL-3.0-or-later

/// All that was seen in a case, parsed, with what could not be parsed beside it.
package struct CaseEvidence: Sendable, Codable {
    package var record: CaseRecord
    /// The trace in its own order, of maps and unmaps only the agent's; nothing when no trace was
    /// kept.
    package var trace: [TraceRecord]?
    /// What the kernel's log gained.
    package var log: [LogLine]?
    /// What a foreign program said of its tests; nothing where none ran.
    package var program: KTAPReport?
    /// One for each step of the record, in its order.
    package var steps: [StepEvidence] = []
    /// What was read before the first step.
    package var before = StepEvidence()
    /// What was read a second time, after the last step.
    package var after = StepEvidence()
    package var damage: [SourcedDamage] = []

    /// Parses every text of a record.
    package init(_ record: CaseRecord) {
        self.record = record
        var known: Set<RawText.Source> = []
        for text in record.texts { take(text, isFirst: known.insert(text.source).inserted) }
        for step in record.steps {
            var seen = StepEvidence()
            for text in step.texts { damage += seen.take(text) }
            steps.append(seen)
        }
    }

    private mutating func take(_ text: RawText, isFirst: Bool) {
        switch text.source {
        case .trace:
            let own = Set([record.agentProcess] + (record.childProcesses ?? []))
            let parsed = TraceText.parse(text, of: own)
            trace = (trace ?? []) + parsed.values
            damage += parsed.damage.map { SourcedDamage(source: text.source, damage: $0) }
        case .traceStatistics:
            damage += TraceStatistics.parse(text).damage.map {
                SourcedDamage(source: .trace, damage: $0)
            }
        case .programOutput: program = KTAPReport(text)
        case .kernelLog: log = (log ?? []) + KernelLogText.parse(text)
        default: damage += isFirst ? before.take(text) : after.take(text)
        }
    }
}

/// Damage, and which kind of evidence it is in.
package struct SourcedDamage: Sendable, Hashable, Codable {
    package let source: RawText.Source
    package let damage: Damage

    package init(source: RawText.Source, damage: Damage) {
        self.source = source
        self.damage = damage
    }
}
