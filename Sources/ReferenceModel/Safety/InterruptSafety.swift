// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Whether type1 attaches a group without `allow_unsafe_interrupts`.
///
/// Once one unsafe MSI domain anywhere made every device unsafe (`irq_domain_check_msi_remap`,
/// 6.1); now each group is asked for its own (`iommu_group_has_isolated_msi`, 6.12).
struct InterruptSafety {
    let board: BoardFacts
    /// The first kernel that asks each group.
    let perGroupSince: KernelVersion

    /// Says nothing where it is not known which controller serves a member.
    func isSafe(_ group: IOMMUGroup) -> Bool? {
        if board.kernel < perGroupSince { return board.doorbells.allSatisfy(\.isIsolated) }
        let isolated = group.members.map { board.controller(of: $0)?.isIsolated }
        if isolated.contains(false) { return false }
        return isolated.contains(nil) ? nil : true
    }
}
