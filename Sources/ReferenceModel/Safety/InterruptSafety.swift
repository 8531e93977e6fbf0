// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Whether a group is attached without `allow_unsafe_interrupts`.
///
/// First the bus was asked (4.8), then whether any MSI domain of the system was unsafe
/// (`irq_domain_check_msi_remap`, 4.11 to 6.2), now the domains of the group's own devices
/// (`iommu_group_has_isolated_msi`, 6.12).
struct InterruptSafety {
    let board: BoardFacts
    let rule: KernelDesign.Safety

    /// Says nothing where it is not known which controller serves a member.
    func isSafe(_ group: IOMMUGroup) -> Bool? {
        switch rule {
        case .busCapability(let claimed): return claimed
        case .everyController: return everyControllerIsSafe
        case .everyControllerOrIOMMU: return everyControllerIsSafe || board.host.remapsInterrupts
        case .ofGroup:
            if board.host.remapsInterrupts { return true }
            let isolated = group.members.map { board.controller(of: $0)?.isIsolated }
            if isolated.contains(false) { return false }
            return isolated.contains(nil) ? nil : true
        }
    }

    private var everyControllerIsSafe: Bool { board.doorbells.allSatisfy(\.isIsolated) }
}
