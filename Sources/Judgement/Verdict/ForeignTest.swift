// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence

/// One test of a foreign program, as reports show it: a case inside of a case.
package struct ForeignTest: Sendable, Hashable, Codable {
    /// With the names of the tests that hold it: `outer / inner`.
    package let name: String
    package let outcome: KTAPResult.Outcome

    package init(name: String, outcome: KTAPResult.Outcome) {
        self.name = name
        self.outcome = outcome
    }

    /// Those of a case, in the order of the program.
    static func all(in evidence: CaseEvidence) -> [ForeignTest] {
        (evidence.program?.leaves ?? []).map {
            ForeignTest(name: $0.name, outcome: $0.result.outcome)
        }
    }
}
