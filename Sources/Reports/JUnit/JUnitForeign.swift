// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import Vocabulary

/// The tests of foreign programs as cases of their own, beside the case that ran them.
enum JUnitForeign {
    /// A case for each test; they take no time of their own.
    static func cases(of found: CaseReport) -> [XML] {
        found.judgement.tests.map { test in
            XML(
                "testcase",
                [
                    "name": safe(test.name),
                    "classname": "\(found.suite).\(found.board).\(found.name)", "time": "0.000",
                ], children: problem(test, found))
        }
    }

    /// How many of them failed; none of a simulated case.
    static func failures(of found: CaseReport) -> Int {
        found.isSimulated ? 0 : found.judgement.tests.count { $0.outcome == .failed }
    }

    /// How many of them were skipped, those of a simulated case included.
    static func skipped(of found: CaseReport) -> Int {
        found.judgement.tests.count { found.isSimulated || $0.outcome.isLeftOut }
    }

    private static func problem(_ test: ForeignTest, _ found: CaseReport) -> [XML] {
        let isSkipped = found.isSimulated || test.outcome.isLeftOut
        let reason = safe(test.outcome.reason ?? "")
        if isSkipped { return [XML("skipped", ["message": "\(test.outcome.word): \(reason)"])] }
        guard test.outcome == .failed else { return [] }
        return [XML("failure", ["message": "not ok", "type": InvariantID.foreign(1).text])]
    }
}

extension KTAPResult.Outcome {
    /// Whether it says nothing of the kernel.
    fileprivate var isLeftOut: Bool {
        switch self {
        case .passed, .failed: false
        case .skipped, .failedAsKnown: true
        }
    }
}
