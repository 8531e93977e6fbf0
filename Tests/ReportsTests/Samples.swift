// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import Reports
import ResultArchive
import Testing
import Vocabulary

/// A run on two boards with every kind of verdict, and text that would disturb a terminal.
struct Sample {
    let v2m: BoardName
    let its: BoardName
    let suite: SuiteName
    let edu: PCIAddress

    init() throws {
        v2m = try #require(BoardName("virt-v2m"))
        its = try #require(BoardName("virt-its"))
        suite = try #require(SuiteName("smoke"))
        edu = try #require(PCIAddress("0000:00:02.0"))
    }

    var kernel: KernelRecord {
        KernelRecord(
            recipe: KernelName("debian-6.1"), image: ContentHash(of: []),
            release: "6.1.0-54-arm64", buildID: "0123456789abcdef", bootID: "1-2-3")
    }

    func sighting(page: UInt64, data: UInt32) -> DoorbellSighting {
        DoorbellSighting(
            device: edu, vector: VectorIndex(rawValue: 0),
            message: MSIMessage(address: MessageAddress(rawValue: 0x0800_0040), data: data),
            iova: IOVA(rawValue: 0x0800_0000), page: PhysicalAddress(rawValue: page))
    }

    var finding: Finding {
        let line = RawLine(
            file: "trace", number: 12, text: "map: IOMMU: iova=0x8001000 \u{1b}[31m<&\"paddr\">")
        return Finding(
            invariant: .msi(1), subject: "0000:00:02.0 vector 0", expected: "0x08000040",
            observed: "0x08001040", lines: [line])
    }

    var longFinding: Finding {
        Finding(
            invariant: .call(1), subject: "step 4: map 1page at 0x08000000 in c",
            expected: "EINVAL, because the range lies in the window 0x08000000-0x080fffff",
            observed: "success", lines: [])
    }

    var fault: Fault {
        Fault(
            kind: .bench,
            account: Account(
                subject: "board virt-its", action: "run 'agent'",
                cause: "the connection was lost\u{7}", remedy: "Look at its console."))
    }

    var agreeing: CaseJudgement {
        CaseJudgement(
            verdict: .agrees,
            results: [
                InvariantResult(invariant: .msi(1), state: .held(observations: 3)),
                InvariantResult(
                    invariant: .msi(22), state: .notObserved(reason: "no second group")),
                InvariantResult(invariant: .msi(43), state: .notApplicable(reason: "no reset")),
            ], keyFacts: [sighting(page: 0x0802_0000, data: 0x54)])
    }

    var differing: CaseJudgement {
        let findings = [finding, longFinding]
        return CaseJudgement(
            verdict: .differs(findings),
            results: [
                InvariantResult(invariant: .msi(1), state: .broken([finding])),
                InvariantResult(
                    invariant: .msi(22), state: .notObserved(reason: "no second group")),
            ], keyFacts: [sighting(page: 0x0809_0000, data: 0)])
    }

    var inconclusive: CaseJudgement {
        CaseJudgement(verdict: .inconclusive(fault), results: [], keyFacts: [])
    }

    func report() throws -> RunReport {
        let cases: [(BoardName, String, CaseJudgement, Duration)] = [
            (v2m, "one-vector", agreeing, .milliseconds(1_250)),
            (v2m, "two-devices", agreeing, .milliseconds(61_300)),
            (its, "one-vector", differing, .milliseconds(980)),
            (its, "two-devices", inconclusive, .seconds(125)),
        ]
        return RunReport(
            run: "2026-11-22T16-31-06Z-3f9a1c", began: UTCInstant(milliseconds: 1_700_000_000_000),
            took: .seconds(190), isPartial: false,
            cases: try cases.map { board, name, judgement, took in
                CaseReport(
                    board: board, kernel: judgement.results.isEmpty ? nil : kernel, suite: suite,
                    name: try #require(CaseName(name)), judgement: judgement, took: took)
            }, folder: "Results/Runs/2026-11-22T16-31-06Z-3f9a1c")
    }
}
