// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Groups of which a host driver has one device and a user wants another.
extension Host {
    /// Whether a group has an owner that all of its drivers agree on
    /// (`iommu_group_claim_dma_owner`, 5.19).
    ///
    /// Before, the container takes the group, and only its devices are not opened
    /// (`vfio_group_viable` in `vfio_group_get_device_fd`, drivers/vfio/vfio.c, 5.10).
    var claimsGroups: Bool { board.kernel >= KernelVersion(major: 5, minor: 19) }

    /// Whether a host driver has a device of the group.
    func hasHostDriver(_ group: IOMMUGroup) -> Bool {
        hosted.contains { devices[$0].map(group.members.contains) ?? false }
    }

    /// Whether a user has the group of a device.
    func isOwned(_ group: IOMMUGroup) -> Bool {
        spaces.values.contains { $0.groups.contains(group) }
    }
}
