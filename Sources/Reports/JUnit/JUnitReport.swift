// SPDX-License-Identifier: GPL-3.0-or-later

import Judgement
import ReferenceModel
import ResultArchive
import Vocabulary

/// The report for CI servers: a JUnit suite for each board and suite.
///
/// `differs` is a failure, `inconclusive` an error: a server that only knows two ways of being red
/// then still tells a wrong kernel from a bench that could not say. A simulated case is skipped,
/// whatever came of it: it says nothing of a kernel.
package enum JUnitReport {
    /// Renders a report as XML.
    package static func render(_ report: RunReport) -> String {
        var groups: [(key: String, cases: [CaseReport])] = []
        for found in report.cases {
            let key = "\(found.board).\(found.suite)"
            if groups.last?.key == key {
                groups[groups.count - 1].cases.append(found)
            } else {
                groups.append((key, [found]))
            }
        }
        let tests = report.cases.reduce(0) { $0 + $1.judgement.tests.count }
        let failures = report.cases.reduce(0) { $0 + JUnitForeign.failures(of: $1) }
        let root = XML(
            "testsuites",
            [
                "name": "doorbell", "tests": "\(report.cases.count + tests)",
                "failures": "\(report.count(.differs) + failures)",
                "errors": "\(report.count(.inconclusive))", "time": seconds(report.took),
            ], children: groups.map { suite($0.key, $0.cases, report) })
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root.rendered()
    }

    private static func suite(
        _ name: String, _ cases: [CaseReport], _ report: RunReport
    ) -> XML {
        let took = cases.reduce(Duration.zero) { $0 + $1.took }
        return XML(
            "testsuite",
            [
                "name": name,
                "tests": "\(cases.reduce(0) { $0 + 1 + $1.judgement.tests.count })",
                "failures": "\(failures(of: cases))",
                "errors": "\(cases.count { $0.word == .inconclusive && !$0.isSimulated })",
                "skipped": "\(skipped(of: cases))",
                "timestamp": timestamp(report.began), "hostname": cases[0].board.text,
                "time": seconds(took),
            ],
            children: [properties(cases[0], report)]
                + cases.flatMap { [testCase($0)] + JUnitForeign.cases(of: $0) })
    }

    private static func failures(of cases: [CaseReport]) -> Int {
        cases.reduce(0) { sum, found in
            sum + (found.word == .differs && !found.isSimulated ? 1 : 0)
                + JUnitForeign.failures(of: found)
        }
    }

    private static func skipped(of cases: [CaseReport]) -> Int {
        cases.reduce(0) { $0 + ($1.isSimulated ? 1 : 0) + JUnitForeign.skipped(of: $1) }
    }

    private static func properties(_ found: CaseReport, _ report: RunReport) -> XML {
        let kernel = found.kernel
        let values = [
            ("run", report.run), ("board", found.board.text), ("kernel.release", kernel?.release),
            ("kernel.recipe", kernel?.recipe?.text), ("kernel.build-id", kernel?.buildID),
            ("kernel.sha256", kernel?.image?.hexadecimal), ("boot-id", kernel?.bootID),
        ]
        let choice = report.cases.first { $0.board == found.board && $0.judgement.choice != nil }?
            .judgement.choice
        let model = [
            ("generation", choice?.generation.rawValue), ("generation.because", choice?.reason),
        ]
        let children = (values + model).compactMap { name, value in
            value.map { XML("property", ["name": name, "value": $0]) }
        }
        return XML("properties", children: children)
    }

    private static func testCase(_ found: CaseReport) -> XML {
        XML(
            "testcase",
            [
                "name": found.name.text, "classname": "\(found.suite).\(found.board)",
                "time": seconds(found.took),
            ],
            children: problem(found) + output(found))
    }

    private static func output(_ found: CaseReport) -> [XML] {
        let text = JUnitOutput.text(of: found)
        return text.isEmpty ? [] : [XML("system-out", text: text)]
    }

    private static func problem(_ found: CaseReport) -> [XML] {
        if let simulation = found.judgement.simulation {
            let findings: [Finding] =
                if case .differs(let all) = found.judgement.verdict { all } else { [] }
            let text = findings.map(JUnitOutput.text).joined(separator: "\n")
            let message = "simulated: \(simulation): \(found.verdictText)"
            return [XML("skipped", ["message": message], text: text.isEmpty ? nil : text)]
        }
        switch found.judgement.verdict {
        case .agrees: return []
        case .differs(let findings):
            return [
                XML(
                    "failure",
                    [
                        "message": findings.first?.description ?? "differs",
                        "type": findings.first?.invariant.text ?? "differs",
                    ], text: findings.map(JUnitOutput.text).joined(separator: "\n"))
            ]
        case .inconclusive(let fault):
            return [
                XML(
                    "error", ["message": fault.description, "type": fault.kind.rawValue],
                    text: fault.description)
            ]
        }
    }

    private static func seconds(_ time: Duration) -> String {
        let milliseconds =
            time.components.seconds * 1_000 + time.components.attoseconds / 1_000_000_000_000_000
        let fraction = String(milliseconds % 1_000 + 1_000).dropFirst()
        return "\(milliseconds / 1_000).\(fraction)"
    }

    /// The schemas in use want seconds and no zone; it is UTC.
    private static func timestamp(_ moment: UTCInstant) -> String {
        String(moment.description.prefix(19))
    }
}
