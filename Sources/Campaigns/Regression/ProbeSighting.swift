// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence
package import Judgement
package import ResultArchive
package import Vocabulary

/// What the boot of one kernel showed, as far as a search for a regression asks.
package struct ProbeSighting: Sendable {
    /// Everything that was found, with the shape of each.
    package let findings: [ShapedFinding]
    /// What the kernels told of on their consoles.
    package let troubles: [KernelTrouble]
    /// What kept cases or boards from being judged.
    package let faults: [Obstacle]
    /// The invariants that were seen to hold.
    package let held: Set<InvariantID>
    /// What cases showed of the numbers that they measure.
    package let measured: [MeasuredCase]
    /// How many cases came to a verdict.
    package let judged: Int
    package let wasInterrupted: Bool

    /// A finding, and what of it is the same on other boards.
    package struct ShapedFinding: Sendable, Hashable {
        package let finding: Finding
        package let shape: FindingShape

        package init(finding: Finding, shape: FindingShape) {
            self.finding = finding
            self.shape = shape
        }
    }

    /// A fault, and how far the kernel had come by then.
    package struct Obstacle: Sendable, Hashable {
        /// What a kernel had shown of itself when something went wrong.
        package enum Stage: Sendable, Hashable {
            /// It could not be made.
            case making
            /// It did not prove itself on the board.
            case booting
            /// It ran.
            case running
        }

        package let stage: Stage
        package let fault: Fault

        package init(stage: Stage, fault: Fault) {
            self.stage = stage
            self.fault = fault
        }
    }

    package init(
        findings: [ShapedFinding], troubles: [KernelTrouble], faults: [Obstacle],
        held: Set<InvariantID>, measured: [MeasuredCase] = [], judged: Int, wasInterrupted: Bool
    ) {
        self.findings = findings
        self.troubles = troubles
        self.faults = faults
        self.held = held
        self.measured = measured
        self.judged = judged
        self.wasInterrupted = wasInterrupted
    }
}

extension ProbeSighting {
    /// Takes a run's outcome, and reads what its archive has besides.
    ///
    /// A console that cannot be read tells of no troubles.
    package init(_ outcome: RunOutcome, in run: RunFolder, suites: [SuiteOrder]) {
        let boards = (try? ArchivedRun(run.path).boards()) ?? []
        self.init(
            outcome, troubles: boards.flatMap { (try? $0.troubles()) ?? [] },
            shapes: ShapeBook(run, suites: suites), suites: suites)
    }

    /// Takes a run's outcome, and what its archive has besides; what was simulated says nothing.
    package init(
        _ outcome: RunOutcome, troubles: [KernelTrouble], shapes: ShapeBook, suites: [SuiteOrder]
    ) {
        let cases = outcome.boards.flatMap(\.cases).filter { $0.outcome.simulation == nil }
        findings = cases.flatMap { entry -> [ShapedFinding] in
            guard case .differs(let findings)? = entry.judgement?.verdict else { return [] }
            return findings.map {
                ShapedFinding(finding: $0, shape: shapes.shape(of: $0, in: entry.outcome))
            }
        }
        self.troubles = troubles
        faults = outcome.boards.flatMap { board -> [Obstacle] in
            let stage: Obstacle.Stage =
                board.isUnbuildable ? .making : board.kernel == nil ? .booting : .running
            let all = [board.fault] + board.cases.map(\.outcome.fault)
            return all.compactMap(\.self).map { Obstacle(stage: stage, fault: $0) }
        }
        let results = cases.compactMap(\.judgement).flatMap(\.results)
        held = Set(
            results.filter { if case .held = $0.state { true } else { false } }.map(\.invariant))
        measured = cases.flatMap { MeasuredCase.all($0, in: suites) }
        judged = cases.count { $0.outcome.word != .inconclusive }
        wasInterrupted = outcome.wasInterrupted
    }
}
