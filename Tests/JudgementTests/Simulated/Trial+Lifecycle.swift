// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import ReferenceModel
import SimulatedBoard
import Vocabulary

extension Trial {
    private static let armed = [Go.open(), Go.attach("d"), Go.arm("d", 2)]
    private static let plain = [Go.open(), Go.attach("a"), Go.arm("a")]

    static let lifecycle: [Trial] = [
        Trial(
            45, Scene(plain + [Go.giveBack("a")]),
            breaking: { try $0.editMSI(of: "a", step: 3, [4: 0x40, 5: 0, 6: 0, 7: 8]) },
            blinding: { $0.drop(.configuration) }),
        Trial(
            46, Scene(armed + [Go.reset("d")]), breaking: { $0.editMSIX(step: 3) },
            blinding: { $0.drop(.trace) }),
        Trial(
            47, Scene(armed + [Go.disturb("d"), Go.arm("d", 2)]),
            prepare: { $0.repeatArming(of: 2, at: 4) },
            breaking: { $0.editMSIX(step: 4) }, blinding: { $0.dropMessages() }),
        Trial(
            48, Scene(plain + [Go.kill()]),
            prepare: { $0.add(.interrupts, "           CPU0\n", step: 3) },
            breaking: {
                $0.add(
                    .interrupts,
                    "           CPU0\n 30: 1 ITS-MSI 1 Edge vfio-msi[0](0000:01:00.0)\n", step: 3)
            },
            blinding: { $0.drop(.interrupts) }),
        Trial(
            49, Scene(plain + [Go.close()]),
            breaking: { story in story.rewrite(.type, step: 3) { _ in "identity\n" } },
            blinding: { $0.drop(.type) }),
        Trial(
            50, Scene(armed + [Go.ring("d")]),
            prepare: { $0.add(.kernelLog, "[   12.000000] PM: suspend exit\n", step: 3) },
            breaking: { $0.editMSIX(step: 3) },
            blinding: { story in story.rewrite(.log) { _ in "" } }),
        Trial(
            51, Scene([Go.open(), Go.attach("d"), Go.arm("d", 9), Go.arm("d", 2)]),
            breaking: { $0.fail(step: 3, call: "VFIO_DEVICE_SET_IRQS", with: .noSpace) },
            blinding: { $0.record.steps[3].notDone = "power was lost" }),
        Trial(
            67,
            Scene(armed + [Go.mask("d", true), Go.ring("d"), Go.mask("d", false)]),
            breaking: { $0.record.steps[4].ringing?.arrived = 1 },
            blinding: {
                $0.drop(.pending)
                $0.drop(.interrupts)
            }),
        Trial(
            68, Scene(plain + [Go.busMaster("a", false), Go.ring("a")]),
            breaking: { $0.record.steps[4].ringing?.arrived = 1 },
            blinding: { $0.record.steps[4].ringing = nil }),
    ]

    static let limits: [Trial] = [
        Trial(
            52, Scene([Go.open(), Go.attach("a"), Go.map(0x0810_0000), Go.arm("a")]),
            breaking: {
                $0.moveDoorbell(to: "iova=0x0000000008100000 - 0x0000000008101000")
            },
            blinding: { $0.drop(.trace) }),
        Trial(
            53, Scene(.plainITS, .iommufdTable, plain), prepare: { $0.fillTable(at: 2) },
            breaking: { $0.fail(step: 2, call: "VFIO_DEVICE_SET_IRQS", with: .none) },
            blinding: { $0.record.steps[2].notDone = "power was lost" }),
        Trial(
            54, Scene(.plainITS, .mixed, armed), prepare: { $0.exhaustWindow(at: 2) },
            breaking: { $0.editMSIX(step: 2, address: "ffffe040") },
            blinding: { $0.dropMessages() }),
        Trial(
            55, Scene(.sixtyFourKiB, plain),
            breaking: { story in
                let page = story.doorbellPage
                story.rewrite(.trace) {
                    $0.replacing(
                        "0x0000000008010000 \(page) size=65536",
                        with: "0x0000000008020000 \(page) size=131072")
                }
            },
            blinding: { $0.memory = nil }),
        Trial(
            56, Scene(.overdrive, plain),
            breaking: { try $0.editMSI(of: "a", step: 2, [5: 0x10]) },
            blinding: { $0.expectation.stage = nil }),
        Trial(
            70, Scene(.hiSilicon, .hardwareWindow, plain),
            breaking: { story in
                story.rewrite(.reserved) { $0 + "0x00000000f0000000 0x00000000f00fffff msi\n" }
            },
            blinding: { $0.drop(.trace) }),
    ]

    static let safety: [Trial] = [
        Trial(
            57, Scene(plain),
            prepare: { story in story.rewrite(.type) { _ in "identity\n" } },
            breaking: { try $0.editMSI(of: "a", step: 2, [5: 0x10]) },
            blinding: { $0.drop(.type) }),
        Trial(
            58, Scene([Go.giveBack("b")] + plain + [Go.ring("a")]),
            breaking: { try $0.editMSI(of: "b", step: 4, [5: 0x10]) },
            blinding: { $0.drop(.configuration) }),
        Trial(
            60, Scene([Go.open(), Go.attach("a"), .allowUnsafeInterrupts(false), Go.arm("a")]),
            breaking: { $0.fail(step: 3, call: "VFIO_DEVICE_SET_IRQS", with: .notPermitted) },
            blinding: { $0.record.steps[3].notDone = "power was lost" }),
        Trial(
            61,
            Scene(
                .plainFrame,
                [
                    Go.open(), Go.attach("a"), Go.attach("b"), Go.arm("a"), Go.arm("b"),
                    Go.forge("a", of: "b"),
                ]),
            breaking: { $0.record.steps[5].transfer?.signals = [] },
            blinding: { $0.record.steps[5].transfer = nil }),
        Trial(
            62, Scene(plain + [Go.forge("a", of: "a", at: .physicalDoorbell)]),
            breaking: { $0.record.steps[3].transfer?.signals[0].count = 1 },
            blinding: { $0.record.steps[3].transfer = nil }),
        Trial(
            63, Scene(plain + [Go.forge("a", of: "a")]),
            breaking: { $0.record.steps[3].transfer?.signals = [] },
            blinding: { $0.record.steps[3].transfer = nil }),
        Trial(
            64, Scene(.overdrive, plain + [Go.read("a")]),
            breaking: { story in story.rewrite(.log, step: 3) { _ in "" } },
            blinding: { $0.drop(.log) }),
    ]
}

extension Story {
    /// Pretends that a file descriptor holds all the doorbells that it can.
    mutating func fillTable(at step: Int) {
        let call = "VFIO_DEVICE_SET_IRQS"
        expectation.steps[step].outcome = .refused(calls: [call], errno: .overflow)
        expectation.steps[step].messages = []
        expectation.steps[step].doorbellMaps = []
        fail(step: step, call: call, with: .overflow)
        cutTrace("map", doorbellPage)
    }

    /// Pretends that a window has no page left.
    mutating func exhaustWindow(at step: Int) {
        expectation.steps[step].doorbellMaps = []
        expectation.steps[step].messages = expectation.steps[step].messages.map { vector in
            VectorExpectation(
                device: vector.device, kind: vector.kind, vector: vector.vector,
                address: .exactly(.allOnes), data: vector.data, map: vector.map)
        }
        cutTrace("map", doorbellPage)
        rewrite(.msix, step: step) { text in
            text.split(separator: "\n").map { _ in "ffffffff ffffffff ffffffff 00000000\n" }
                .joined()
        }
    }
}

extension Story {
    /// Pretends that the agent armed once more what is armed already.
    mutating func repeatArming(of first: Int, at second: Int) {
        record.steps[second].notDone = nil
        record.steps[second].calls = [
            CallRecord(
                name: "VFIO_DEVICE_SET_IRQS", result: 0, errno: .none,
                began: BoardInstant(rawValue: 9_000_000_000),
                ended: BoardInstant(rawValue: 9_000_001_000))
        ]
        record.steps[second].texts = record.steps[first].texts
        expectation.steps[second].messages = expectation.steps[first].messages
    }
}
