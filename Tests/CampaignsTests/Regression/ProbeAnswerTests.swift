// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Evidence
import Judgement
import ResultArchive
import Testing
import Vocabulary

@Suite("What the boot of one kernel says of a symptom, and what git is told of it")
struct ProbeAnswerTests {
    private let first = InvariantCatalogue.all[0].id
    private let other = InvariantCatalogue.all[1].id

    private func finding(
        _ invariant: InvariantID, on device: String? = nil
    ) -> ProbeSighting.ShapedFinding {
        ProbeSighting.ShapedFinding(
            finding: Finding(
                invariant: invariant, subject: "it", expected: "this", observed: "that",
                basis: "exact", lines: []),
            shape: FindingShape(invariant: invariant, device: device))
    }

    private func obstacle(
        _ stage: ProbeSighting.Obstacle.Stage, _ kind: FaultKind
    ) -> ProbeSighting.Obstacle {
        let account = Account(subject: "it", action: "go on", cause: "of this")
        return ProbeSighting.Obstacle(stage: stage, fault: Fault(kind: kind, account: account))
    }

    private func sighting(
        findings: [ProbeSighting.ShapedFinding] = [], troubles: [KernelTrouble] = [],
        faults: [ProbeSighting.Obstacle] = [], held: Set<InvariantID> = [],
        measured: [MeasuredCase] = [], judged: Int = 3, isInterrupted: Bool = false
    ) -> ProbeSighting {
        ProbeSighting(
            findings: findings, troubles: troubles, faults: faults, held: held,
            measured: measured, judged: judged, wasInterrupted: isInterrupted)
    }

    private func status(_ symptom: Symptom, _ sighting: ProbeSighting) -> BisectStatus {
        BisectStatus(symptom.answer(sighting))
    }

    @Test("A finding is bad, even where something failed behind it")
    func bad() {
        #expect(status(.anyFinding, sighting(findings: [finding(first)])) == .bad)
        for kind in FaultKind.allCases {
            let both = sighting(findings: [finding(first)], faults: [obstacle(.running, kind)])
            #expect(status(.anyFinding, both) == .bad)
        }
    }

    @Test("Only what was judged without any failure is good")
    func good() {
        #expect(status(.anyFinding, sighting()) == .good)
        #expect(status(.anyFinding, sighting(judged: 0)) == .stop)
        #expect(status(.anyFinding, sighting(isInterrupted: true)) == .stop)
        #expect(status(.invariants([first]), sighting()) == .cannotTell)
        #expect(status(.invariants([first]), sighting(held: [first])) == .good)
    }

    @Test(
        "What goes wrong is the kernel's or not",
        arguments: [
            (ProbeSighting.Obstacle.Stage.making, FaultKind.kernel, BisectStatus.cannotTell),
            (.making, .suite, .cannotTell), (.making, .bench, .stop),
            (.booting, .kernel, .cannotTell), (.booting, .suite, .stop), (.booting, .bench, .stop),
            (.running, .kernel, .cannotTell), (.running, .suite, .cannotTell),
            (.running, .bench, .stop), (.running, .harness, .stop),
        ])
    func fault(
        stage: ProbeSighting.Obstacle.Stage, kind: FaultKind, expected: BisectStatus
    ) {
        let seen = sighting(faults: [obstacle(stage, kind)])
        for symptom in [Symptom.anyFinding, .invariants([first]), .trouble("panic")] {
            #expect(status(symptom, seen) == expected)
        }
    }

    @Test("A kernel that fails otherwise is neither good nor bad")
    func otherwise() {
        let seen = sighting(findings: [finding(other)], held: [first])
        #expect(status(.invariants([first]), seen) == .cannotTell)
        #expect(status(.invariants([other]), seen) == .bad)
        #expect(status(.trouble("oops"), seen) == .cannotTell)
        guard case .cannotTell(.otherSymptom, let words) = Symptom.invariants([first]).answer(seen)
        else {
            Issue.record("it is \(Symptom.invariants([first]).answer(seen))")
            return
        }
        #expect(words.contains(other.text))
    }

    @Test("A shape is the invariant and the kind of device")
    func shape() {
        let looked = Symptom.shapes([FindingShape(invariant: first, device: "edu")])
        #expect(status(looked, sighting(findings: [finding(first, on: "edu")])) == .bad)
        #expect(status(looked, sighting(findings: [finding(first, on: "nvme")])) == .cannotTell)
        #expect(status(looked, sighting(held: [first])) == .good)
    }

    @Test("A panic with the title is bad, although the kernel died of it")
    func panic() {
        let trouble = KernelTrouble(
            kind: .panic, title: "Kernel panic - not syncing: VFS", line: 1, text: "")
        let dead = sighting(
            troubles: [trouble], faults: [obstacle(.booting, .kernel)], judged: 0)
        #expect(status(.trouble("not syncing: vfs"), dead) == .bad)
        #expect(status(.trouble("sysrq"), dead) == .cannotTell)
        #expect(status(.anyFinding, dead) == .cannotTell)
    }

    private func measured(_ name: String, _ nanoseconds: UInt64...) -> MeasuredCase {
        MeasuredCase(
            name: name, measure: .latency(.percentile99),
            readings: nanoseconds.map {
                MeasureReading(
                    measure: .latency(.percentile99), value: Measured(nanoseconds: $0),
                    place: "step \($0)")
            })
    }

    private func latency(_ side: MeasureThreshold.Side, _ nanoseconds: UInt64) -> Symptom {
        .measure(
            MeasureThreshold(.latency(.percentile99), side, Measured(nanoseconds: nanoseconds)))
    }

    @Test("Of all that was measured the worst counts, and is told on both sides of the threshold")
    func worst() {
        let seen = sighting(measured: [measured("b s/one", 70, 90), measured("b s/two", 80, 60)])
        let lines: [(Symptom, BisectStatus, String)] = [
            (latency(.above, 89), .bad, "90 ns in b s/one, step 90"),
            (latency(.above, 90), .good, "90 ns in b s/one, step 90"),
            (latency(.below, 61), .bad, "60 ns in b s/two, step 60"),
            (latency(.below, 60), .good, "60 ns in b s/two, step 60"),
        ]
        for (symptom, expected, told) in lines {
            let answer = symptom.answer(seen)
            #expect(BisectStatus(answer) == expected)
            let evidence: SymptomEvidence? =
                switch answer {
                case .good(let evidence): evidence
                case .bad(let evidence): evidence
                default: nil
                }
            #expect(evidence?.measured.map { "\($0.value) in \($0.place)" } == told)
        }
    }

    @Test("A number that is not there is never good, and a case that failed hides it")
    func unmeasured() {
        let symptom = latency(.above, 100)
        #expect(status(symptom, sighting()) == .cannotTell)
        let half = [measured("b s/one", 70), measured("b s/two")]
        #expect(status(symptom, sighting(measured: half)) == .cannotTell)
        let whole = [measured("b s/one", 70)]
        #expect(status(symptom, sighting(findings: [finding(other)], measured: whole)) == .good)
        for (kind, expected) in [(FaultKind.kernel, BisectStatus.cannotTell), (.bench, .stop)] {
            let failed = sighting(faults: [obstacle(.running, kind)], measured: whole)
            #expect(status(symptom, failed) == expected)
            #expect(status(latency(.above, 10), failed) == .bad)
        }
        #expect(status(symptom, sighting(measured: whole, judged: 0)) == .stop)
    }

    @Test("Git gets no other number than these four")
    func numbers() {
        #expect(BisectStatus.allCases.map(\.rawValue) == [0, 1, 125, 128])
    }
}
