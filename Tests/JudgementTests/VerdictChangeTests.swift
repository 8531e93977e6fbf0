// SPDX-License-Identifier: GPL-3.0-or-later

import Judgement
import Testing
import Vocabulary

@Suite("A verdict that is reached again is compared")
struct VerdictChangeTests {
    private func finding(_ observed: String) -> Finding {
        Finding(
            invariant: .msi(1), subject: "0000:00:02.0 vector 0", expected: "0x08000040",
            observed: observed, lines: [])
    }

    private func judgement(_ findings: [Finding]) -> CaseJudgement {
        CaseJudgement(
            verdict: findings.isEmpty ? .agrees : .differs(findings), results: [], keyFacts: [])
    }

    @Test("The same conclusion is no change, whatever it rests on")
    func same() {
        #expect(VerdictChange(from: judgement([]), to: judgement([])) == nil)
        let one = judgement([finding("0x0")])
        #expect(VerdictChange(from: one, to: one) == nil)
    }

    @Test("Findings that come and go are told, and so is a new verdict")
    func findings() throws {
        let change = try #require(
            VerdictChange(
                from: judgement([finding("0x0"), finding("0x1")]),
                to: judgement([finding("0x1"), finding("0x2")])))
        #expect(change.appeared == [finding("0x2")] && change.vanished == [finding("0x0")])
        let cured = try #require(
            VerdictChange(from: judgement([finding("0x0")]), to: judgement([])))
        #expect(cured.before.word == "differs" && cured.now.word == "agrees")
        #expect(cured.vanished == [finding("0x0")])
    }

    @Test("A doorbell that is read elsewhere is a change although the verdict stays")
    func sightings() throws {
        let device = try #require(PCIAddress("0000:00:02.0"))
        let sighting = DoorbellSighting(
            device: device, vector: VectorIndex(rawValue: 0), message: nil,
            iova: IOVA(rawValue: 0x0800_0000), page: nil)
        let after = CaseJudgement(verdict: .agrees, results: [], keyFacts: [sighting])
        let change = try #require(VerdictChange(from: judgement([]), to: after))
        #expect(change.sightingsDiffer && change.appeared.isEmpty)
    }
}
