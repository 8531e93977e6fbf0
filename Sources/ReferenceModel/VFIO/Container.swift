// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// A VFIO container with type1 (`struct vfio_iommu`, 6.1).
///
/// All groups share one domain: boards whose devices sit behind several SMMUs need more.
struct Container: Sendable {
    /// In order of attaching; with the first comes the IOMMU type, with the last it goes again.
    var groups: [IOMMUGroup] = []
    var cookie: MSICookie?
    var maps = UserMaps()

    /// Takes a group out and gives what the kernel unmaps then: with the last group, everything.
    mutating func remove(_ group: IOMMUGroup) -> [IOVARange] {
        groups.removeAll { $0 == group }
        guard groups.isEmpty else { return [] }
        cookie = nil
        return maps.removeAll()
    }
}

/// A device that is open in a container.
struct AttachedDevice: Sendable {
    let address: PCIAddress
    let container: ContainerName
    var armed: (kind: InterruptKind, vectors: UInt32)?
}
