// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import ReferenceModel
import SimulatedBoard
import Vocabulary

extension Trial {
    static let devices: [Trial] = [
        Trial(
            35,
            Scene([
                Go.open(), Go.open("e"), Go.attach("a"), Go.attach("b", "e"), Go.arm("a"),
                Go.arm("b"),
            ]),
            breaking: { story in story.cutTrace("map", story.doorbellPage, keeping: 1) },
            blinding: { $0.drop(.trace) }),
        Trial(
            36, Scene(.thunderX, [Go.open(), Go.attach("a"), Go.attach("g"), Go.map(0x10_0000)]),
            breaking: { $0.cutTrace("map", "iova=0x0000000000100000", keeping: 1) },
            blinding: { $0.drop(.trace) }),
        Trial(
            37, twoDoorbells, breaking: { try $0.editMSI(of: "i", step: 4, [5: 0]) },
            blinding: { $0.drop(.configuration) }),
        Trial(
            38, Scene(.severalFrames, [Go.open(), Go.attach("a"), Go.arm("a")]),
            breaking: { try $0.editMSI(of: "a", step: 2, [12: 89]) },
            blinding: { $0.drop(.trace) }),
        Trial(
            39, Scene(.aliases, [Go.open(), Go.giveBack("b"), Go.attach("a")]),
            breaking: { story in
                for call in story.record.steps[2].calls.map(\.name) {
                    story.fail(step: 2, call: call, with: .none)
                }
            },
            blinding: { $0.drop(.reserved) }),
        Trial(
            40,
            Scene(
                .aliases,
                [
                    Go.open(), Go.attach("a"), Go.attach("b"), Go.arm("a"),
                    .arm(device: Go.name("b"), kind: .msix, vectors: 2),
                ]),
            breaking: { story in
                story.rewrite(.msix, step: 4) {
                    $0.replacing("00000001 00000000\n", with: "00000000 00000000\n")
                }
            },
            blinding: { $0.drop(.msix) }),
        Trial(
            41,
            Scene([Go.open(), Go.attach("a"), Go.arm("a"), Go.attach("b"), Go.ring("a")]),
            breaking: { try $0.editMSI(of: "a", step: 4, [5: 0x10]) },
            blinding: { $0.drop(.configuration) }),
        Trial(
            42,
            Scene([
                Go.open(), Go.attach("a"), Go.arm("a"), Go.close(), Go.open(), Go.attach("b"),
                Go.arm("b"),
            ]),
            breaking: { try $0.editMSI(of: "b", step: 6, [5: 0x10]) },
            blinding: { $0.drop(.configuration) }),
    ]

    /// Two devices behind one SMMU that ring two ITSs.
    private static let twoDoorbells = Scene(
        .thunderX, [Go.open(), Go.attach("a"), Go.attach("i"), Go.arm("a"), Go.arm("i")])
}
