// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Groups of which a host driver has one device and a user wants another.
extension Host {
    /// Whether a group has an owner that all of its drivers agree on
    /// (`iommu_group_claim_dma_owner`, 5.19).
    var claimsGroups: Bool { board.kernel >= KernelVersion(major: 5, minor: 19) }

    /// Before 5.19 the container takes the group, and only its devices cannot be opened
    /// (`vfio_group_viable`, 5.10).
    static let letsIn = "before 5.19 such a group is let in, and its devices are not opened"

    /// Whether a host driver has a device of the group.
    func hasHostDriver(_ group: IOMMUGroup) -> Bool {
        hosted.contains { devices[$0].map(group.members.contains) ?? false }
    }

    /// Whether a user has the group of a device.
    func isOwned(_ group: IOMMUGroup) -> Bool {
        spaces.values.contains { $0.groups.contains(group) }
    }
}
