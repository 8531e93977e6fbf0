// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let ownForgery = Invariant(
        id: .msi(63), name: "own-forgery",
        statement:
            "A device that writes its own message by DMA to its doorbell's IOVA raises its interrupt once.",
        generations: .translated, needs: [.transfers],
        reason: "a message is a write like any other, PCI Local Bus 3.0, 6.8.1"
    ) { judged in
        var seen = Observations(.msi(63))
        for step in judged.steps {
            guard let forgery = judged.forgery(step), forgery.device == forgery.writer else {
                continue
            }
            judged.judge(forgery, of: step, &seen)
        }
        return seen
    }
}
