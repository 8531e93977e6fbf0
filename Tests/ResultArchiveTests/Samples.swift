// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import ResultArchive
import Testing
import Vocabulary

/// Values that a run might hold.
struct Sample {
    let board: BoardName
    let suite: SuiteName
    let name: CaseName
    let device: DeviceName
    let container: ContainerName
    let address: PCIAddress

    init() throws {
        board = try #require(BoardName("virt-its"))
        suite = try #require(SuiteName("smoke"))
        name = try #require(CaseName("one-vector"))
        device = try #require(DeviceName("a"))
        container = try #require(ContainerName("c"))
        address = try #require(PCIAddress("0000:00:02.0"))
    }

    var step: StepRecord {
        let call = CallRecord(
            name: "VFIO_SET_IOMMU", result: 0, errno: .notPermitted,
            began: BoardInstant(rawValue: 1), ended: BoardInstant(rawValue: 2))
        let text = RawText(
            source: .msixTable(address), file: "step-00-msix", text: "00: 08000040 0 0 0\n")
        return StepRecord(
            index: 0, step: .attach(device: device, container: container), calls: [call],
            texts: [text])
    }

    var record: CaseRecord {
        CaseRecord(
            board: board, suite: suite, name: name, devices: [device: address],
            unsafeInterruptsAllowed: true, agentProcess: 17, steps: [step],
            texts: [RawText(source: .trace, file: "trace", text: "# tracer: nop\n\u{fffd}\n")])
    }

    var kernel: KernelRecord {
        KernelRecord(release: "6.1.0-54-arm64", buildID: "00ff", bootID: "a-b")
    }

    var judgement: CaseJudgement {
        let result = InvariantResult(invariant: .msi(1), state: .held(observations: 3))
        return CaseJudgement(verdict: .agrees, results: [result], keyFacts: [])
    }

    var manifest: RunManifest {
        let file = FileRecord(file: "Labs/virtual.yaml", hash: ContentHash(of: [1, 2, 3]))
        let fault = Fault(
            kind: .bench, account: Account(subject: "board", action: "boot", cause: "no power"))
        return RunManifest(
            command: ["doorbell", "run"], began: UTCInstant(milliseconds: 0),
            ended: UTCInstant(milliseconds: 61_250), wasInterrupted: false,
            versions: ["doorbell": "1"], lab: file, suites: [file], agent: file,
            kernels: [board: kernel],
            outcomes: [
                CaseOutcome(
                    board: board, suite: suite, name: name, word: .inconclusive, fault: fault,
                    took: .milliseconds(1_500))
            ])
    }
}
