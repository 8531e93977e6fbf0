// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence
package import ReferenceModel
import Vocabulary

/// A case as invariants look at it: evidence, expectation, and what belongs to what.
package struct JudgedCase: Sendable {
    let evidence: CaseEvidence
    let expectation: Expectation
    let board: BoardFacts
    let history: AttachmentHistory
    /// The agent's events in the trace's order; nothing when no trace was kept.
    let events: [AttributedEvent]?
    let messages: [SeenMessage]
    /// The steps with what was expected and read of each.
    let steps: [JudgedStep]

    package init(evidence: CaseEvidence, expectation: Expectation, board: BoardFacts) {
        self.evidence = evidence
        self.expectation = expectation
        self.board = board
        let history = AttachmentHistory(evidence.record.steps)
        self.history = history
        let attribution = EventAttribution(
            record: evidence.record, history: history, board: board)
        events = evidence.trace.map { trace in
            trace.filter { $0.process == evidence.record.agentProcess }
                .map(attribution.attribute)
        }
        messages = Self.messages(in: evidence, history: history)
        steps = Self.steps(of: evidence, expectation: expectation)
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

    private static func messages(
        in evidence: CaseEvidence, history: AttachmentHistory
    ) -> [SeenMessage] {
        zip(evidence.record.steps, evidence.steps).enumerated().flatMap { position, pair in
            history.armed[position].sorted { $0.key < $1.key }.flatMap { name, arming in
                guard let device = evidence.record.devices[name] else { return [SeenMessage]() }
                return pair.1.messages(of: device, arming: arming).map {
                    SeenMessage(
                        device: device, name: name, vector: $0.vector, message: $0.message,
                        arming: arming.step, step: position, domain: history.domains[arming.step],
                        lines: $0.lines)
                }
            }
        }
    }
}

/// One step: what was done, what should have come of it, what was read.
struct JudgedStep: Sendable {
    let position: Int
    let record: StepRecord
    let expected: StepExpectation
    let seen: StepEvidence
}
