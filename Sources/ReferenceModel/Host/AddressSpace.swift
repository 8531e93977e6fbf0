// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// A container of type1 (`struct vfio_iommu`, 6.1), or an IOAS of iommufd.
struct AddressSpace: Sendable {
    /// Which open file it stands on: spaces of one iommufd share the number.
    let descriptor: Int
    /// The newest first, as the kernel lists them.
    var domains: [TranslationDomain] = []
    var maps = UserMaps()
    /// Windows that user space registered for doorbells (V12).
    var windows: [IOVARange] = []

    /// Whether a vector rang one of several doorbells: which pages are mapped since, and where the
    /// next one goes, is not known.
    var isOpen = false

    var groups: [IOMMUGroup] { domains.flatMap(\.groups) }

    func domain(of group: IOMMUGroup) -> Int? {
        domains.firstIndex { $0.groups.contains(group) }
    }
}

/// A device that is open in an address space.
struct AttachedDevice: Sendable {
    let address: PCIAddress
    var container: ContainerName
    var armed: ArmedVectors?
    /// Whether it may write to memory at all.
    var isBusMaster = true
}

/// The vectors of a device that are connected to eventfds.
struct ArmedVectors: Sendable {
    let kind: InterruptKind
    let count: UInt32
    /// What each armed message says; empty for INTx.
    var messages: [VectorExpectation]
    var masked: Set<VectorIndex> = []
    /// Masked vectors that were raised meanwhile.
    var pending: Set<VectorIndex> = []
    /// Whether the device's own register took the messages away.
    var isDisturbed = false
    /// Whether the device has got another domain since.
    var isMoved = false
}
