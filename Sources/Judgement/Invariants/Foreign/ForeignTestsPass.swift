// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let foreignTestsPass = Invariant(
        id: .foreign(1), name: "foreign-tests-pass",
        statement:
            "Each test of a foreign program passes, is skipped, or fails as its author knows; one without KTAP ends with 0.",
        generations: .all, needs: [.program],
        reason: "the program's author; Documentation/dev-tools/ktap.rst, 6.12"
    ) { judged in
        var seen = Observations(.foreign(1))
        guard let program = judged.evidence.record.program else { return seen }
        guard let report = judged.evidence.program else {
            seen.cannotSee("nothing of what \(program.program.name) printed was kept")
            return seen
        }
        if report.isEmpty {
            judged.judgeStatus(of: program, &seen)
        } else {
            for leaf in report.leaves { leaf.judge(in: program, &seen) }
            if let reason = report.skipped {
                seen.cannotSee("\(program.program.name) was skipped: \(reason)")
            }
        }
        return seen
    }
}

extension KTAPReport.Leaf {
    /// How many lines before a failed test a finding shows.
    private static let context = 12

    fileprivate func judge(in program: ProgramRecord, _ seen: inout Observations) {
        switch result.outcome {
        case .passed: seen.hold()
        case .skipped(let reason): seen.cannotSee("\(name) was skipped: \(reason)")
        case .failedAsKnown(let reason):
            seen.cannotSee("\(name) fails, as its author knows: \(reason)")
        case .failed:
            seen.find(
                "\(program.program.name): \(name)", kind: .foreign, expected: "ok",
                observed: "not ok",
                basis: Basis.foreign,
                lines: result.diagnostics.suffix(Self.context) + [result.line])
        }
    }
}

extension ProgramRecord {
    /// By which kernel tests say that they were skipped (`KSFT_SKIP`, `kselftest.h`, 6.12).
    static let skipStatus: Int32 = 4
}

extension JudgedCase {
    /// A program without KTAP says one thing only: its exit status.
    fileprivate func judgeStatus(of program: ProgramRecord, _ seen: inout Observations) {
        let name = program.program.name
        switch program.ending {
        case .exited(0): seen.hold()
        case .exited(ProgramRecord.skipStatus):
            seen.cannotSee("\(name) says by its exit status that it was skipped")
        case .exited(let status) where !program.couldNotStart:
            seen.find(
                name, kind: .foreign, expected: "exit status 0", observed: "exit status \(status)",
                basis: Basis.foreign, lines: (evidence.program?.trailing ?? []).suffix(12))
        default: seen.cannotSee("\(name) did not come to its end")
        }
    }
}
