// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence
package import ResultArchive
import Vocabulary

extension BoardEvidence {
    /// Reads what an archive keeps of a board, with what its lab stated.
    package init(_ record: BoardRecord) {
        self = BoardEvidence(texts: record.texts).stating(record.doorbells ?? [])
    }

    /// Adds what a lab states of doorbells; where firmware tells of any, firmware is believed.
    func stating(_ stated: [DoorbellNode]) -> BoardEvidence {
        guard doorbells.isEmpty else { return self }
        var told = self
        told.doorbells = stated
        return told
    }
}

extension DoorbellNode {
    /// What a lab file says in place of firmware.
    init(_ frame: DoorbellFrame) {
        let kind: Kind =
            switch frame.controller {
            case .gicv2m: .frame(spis: frame.interrupts)
            case .its: .its
            }
        self.init(kind: kind, base: frame.base, handle: nil, name: "the lab file", lines: [])
    }
}
