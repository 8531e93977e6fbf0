// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Vocabulary

extension ProgramRecord {
    /// Whether the shell found nothing that it could start (POSIX, 2.8.2).
    var couldNotStart: Bool { ending == .exited(status: 126) || ending == .exited(status: 127) }
}

extension JudgedCase {
    /// Why a foreign program's results are not all known, and whose fault that is.
    func programFault(_ program: ProgramRecord) -> Fault? {
        endingFault(program) ?? flawFault(program) ?? silenceFault(program)
    }

    private func endingFault(_ program: ProgramRecord) -> Fault? {
        let name = program.program.name
        switch program.ending {
        case .exited: return nil
        case .neverRan: return fault(.harness, "\(name) was never run", "See the case's journal")
        case .killed(let signal):
            return fault(
                .suite, "\(name) was killed by SIG\(signal)",
                "See what it printed, and the kernel's log beside it")
        case .overran(let isStillThere):
            return isStillThere
                ? fault(
                    .kernel, "\(name) was killed when its time was over, and does not end",
                    "A process that no signal ends waits inside of the kernel: see its stack there")
                : fault(
                    .suite, "\(name) did not end within \(program.program.patience)",
                    "Give it a longer deadline, or see in its last lines what it waits for")
        case .printedTooMuch(let limit):
            return fault(
                .suite, "\(name) printed more than \(limit)", "Let it say less, by its arguments")
        }
    }

    private func flawFault(_ program: ProgramRecord) -> Fault? {
        let name = program.program.name
        guard let report = evidence.program else {
            return fault(.harness, "what \(name) printed was not kept", "See the case's journal")
        }
        guard let flaw = report.flaws.first else { return nil }
        let place = flaw.line.map { " (\($0.file):\($0.number))" } ?? ""
        return fault(
            .suite, "not all results of \(name) are known: \(flaw.words)\(place)",
            "Its KTAP must have a plan and a result for each test")
    }

    /// A status that its results do not explain, and results that say nothing.
    private func silenceFault(_ program: ProgramRecord) -> Fault? {
        let name = program.program.name
        if program.couldNotStart, evidence.program?.isEmpty == true {
            return fault(
                .suite, "\(name) could not be started on the board",
                "See its errors: it must be an executable for arm64, or a script with a #! line")
        }
        let results = evidence.program?.leaves.map(\.result.outcome) ?? []
        let isEmpty = evidence.program?.isEmpty != false
        let skipped = program.ending == .exited(status: ProgramRecord.skipStatus)
        if skipped && isEmpty || !isEmpty && !results.contains(.passed) {
            return fault(
                .suite, "\(name) passed no test: all that it has were skipped or known to fail",
                "See why it skips them")
        }
        guard !isEmpty, case .exited(let status) = program.ending, status != 0, !skipped else {
            return nil
        }
        return fault(
            .suite, "\(name) ended with status \(status) although none of its tests failed",
            "See its errors")
    }
}
