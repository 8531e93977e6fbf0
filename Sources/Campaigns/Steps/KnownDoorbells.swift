// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import ReferenceModel
import Vocabulary

/// The doorbells of a board, as its firmware describes them.
struct KnownDoorbells: Sendable {
    private let facts: BoardFacts

    /// Nothing where the board does not tell enough of itself.
    init?(_ board: BoardEvidence, _ before: CaseRecord) {
        let groups = CaseEvidence(before).before.groups
        guard let facts = try? BoardFacts(board, groups: groups) else { return nil }
        self.facts = facts
    }

    /// The physical register that a device rings; nothing where it may be one of several.
    func register(of device: PCIAddress) -> PhysicalAddress? {
        let context = facts.context(of: device, vector: VectorIndex(rawValue: 0))
        let registers = facts.controller(of: device)?.doorbells.flatMap {
            $0.registers(for: context)
        }
        let different = Set(registers ?? [])
        return different.count == 1 ? different.first : nil
    }
}
