// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Vocabulary

extension StepRecord {
    var firstFailure: CallRecord? { calls.first { $0.errno != .none } }

    /// Whether it was carried out and no call of it failed.
    var succeeded: Bool { notDone == nil && firstFailure == nil }

    /// What is said of it in findings: `step 4: map 1page at 0x08000000 in main`.
    var subject: String { "step \(index): \(step)" }

    /// Its calls as lines of evidence.
    var callLines: [RawLine] {
        calls.map { call in
            RawLine(
                file: "record", number: index,
                text: "\(call.began) \(call.name) = \(call.result) \(call.errno)")
        }
    }

    /// Something else that the record says of it, as a line of evidence.
    func line(_ text: String) -> RawLine { RawLine(file: "record", number: index, text: text) }
}
