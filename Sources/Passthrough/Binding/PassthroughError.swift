// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Why a device could not be given to VFIO or given back.
package enum PassthroughError: Blame, Hashable {
    /// The board itself hangs on it.
    case lifeline(PCIAddress, carries: String)
    /// It shares its IOMMU group with a function that the board hangs on.
    case sharesGroup(PCIAddress, with: PCIAddress, carries: String)
    case noSuchDevice(PCIAddress)
    /// The kernel has no vfio-pci, built in or as a module that could be loaded.
    case noDriver
    /// After binding it has no IOMMU group: no IOMMU serves it.
    case noGroup(PCIAddress)
    /// Another driver than the wanted one holds it now.
    case notBound(PCIAddress, wanted: String, found: String?)

    package var kind: FaultKind {
        switch self {
        case .lifeline, .sharesGroup, .noSuchDevice, .noGroup: .suite
        case .noDriver, .notBound: .kernel
        }
    }

    package var account: Account {
        switch self {
        case .lifeline(let address, let carries):
            taking(address, "it carries \(carries)", "Choose another device for the case.")
        case .sharesGroup(let address, let other, let carries):
            taking(
                address, "its IOMMU group also holds \(other), which carries \(carries)",
                "Choose a device in a group of its own.")
        case .noSuchDevice(let address):
            taking(address, "there is no such function", "Look at the inventory of the board.")
        case .noDriver:
            Account(
                subject: "the board", action: "bind to vfio-pci",
                cause: "the kernel has no such driver",
                remedy: "Build it with CONFIG_VFIO_PCI, or install its modules on the board.")
        case .noGroup(let address):
            taking(
                address, "it has no IOMMU group", "Boot with the IOMMU that serves it switched on.")
        case .notBound(let address, let wanted, let found):
            Account(
                subject: "the kernel", action: "bind \(address) to \(wanted)",
                cause: found.map { "\($0) holds it" } ?? "no driver took it",
                remedy: "The kernel log in the archive may say why the probe failed.")
        }
    }

    private func taking(_ address: PCIAddress, _ cause: String, _ remedy: String) -> Account {
        Account(
            subject: "the harness", action: "take \(address) for VFIO", cause: cause,
            remedy: remedy)
    }
}
