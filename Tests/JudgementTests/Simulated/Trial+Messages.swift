// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import ReferenceModel
import SimulatedBoard
import Vocabulary

extension Trial {
    /// Every trial.
    static let all =
        messages + userMaps + devices + lifecycle + limits + safety + calls
        + traffic + observer

    private static let armed = [Go.open(), Go.attach("d"), Go.arm("d", 2)]

    private static let messages: [Trial] = [
        Trial(
            8, Scene([Go.open(), Go.attach("b"), Go.arm("b", 4)]),
            breaking: { try $0.editMSI(of: "b", step: 2, [12: 1]) },
            blinding: { $0.drop(.configuration) }),
        Trial(
            9, Scene([Go.open(), Go.attach("a"), Go.arm("a")]),
            breaking: { try $0.editMSI(of: "a", step: 2, [8: 1]) },
            blinding: { $0.drop(.configuration) }),
        Trial(
            10, Scene(armed),
            breaking: { $0.editMSIX(step: 2, address: "ffffffff", high: "ffffffff") },
            blinding: { $0.dropMessages() }),
        Trial(
            11, Scene(armed + [Go.steer("d")]), breaking: { $0.editMSIX(step: 3) },
            blinding: { $0.dropMessages() }),
    ]

    private static let calls: [Trial] = [
        Trial(
            .call(4), Scene([Go.open(), Go.attach("a")]),
            breaking: { $0.cutTrace("unmap", "iova=", keeping: 1) },
            blinding: { $0.drop(.trace) }),
        Trial(
            .foreign(1), Scene([]), prepare: { $0.run(printing: "1..1\nok 1 a\n") },
            breaking: { $0.run(printing: "1..1\nnot ok 1 a\n") },
            blinding: { $0.run(printing: "1..1\nok 1 a # SKIP no device\n") }),
        Trial(
            .log(2), Scene(.plainFrame, unsafe: false, [Go.open(), Go.attach("a")]),
            breaking: { story in story.rewrite(.log) { _ in "" } },
            blinding: { $0.drop(.log) }),
    ]
}
