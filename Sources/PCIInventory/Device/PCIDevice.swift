// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// One PCI function as it was at the moment of the capture.
package struct PCIDevice: Hashable, Sendable {
    package let address: PCIAddress
    package let identity: PCIIdentity
    package let classCode: PCIClass
    package let revision: UInt8
    /// The number in the kernel's view, or the interrupt line register of a dump; 0 for none.
    package let interruptLine: Int
    /// Only the BARs that exist; an unassigned one has address zero.
    package let regions: [PCIRegion]
    /// The expansion ROM, when there is one.
    package let rom: PCIRegion?
    /// The driver that holds the function; a dump does not know.
    package let driver: String?
    /// The number of the IOMMU group; a dump does not know.
    package let iommuGroup: String?
    /// Nothing when the platform does not say.
    package let numaNode: Int?
    /// The bridge above, from sysfs, or else from the bridges' bus numbers.
    package internal(set) var parent: PCIAddress?
    /// The bytes that everything below is decoded from.
    package let configuration: ConfigurationSpace

    /// The capabilities; decoded at each call, so keep the list where it is used twice.
    package var capabilityList: CapabilityList { configuration.capabilityList }

    /// Bus numbers and windows, when the function is a PCI-to-PCI bridge.
    package var bridge: PCIBridge? { PCIBridge(configuration) }
}

/// Who made a function, with names from pci.ids.
package struct PCIIdentity: Hashable, Sendable, Codable {
    package let vendor: NamedID
    package let device: NamedID
    /// Nothing when the function has no subsystem.
    package let subsystem: Subsystem?

    /// Who built the board around the chip.
    package struct Subsystem: Hashable, Sendable, Codable {
        package let vendor: NamedID
        package let device: NamedID
    }
}

/// An ID and its name, where pci.ids knows one.
package struct NamedID: Hashable, Sendable, Codable {
    package let id: PCIID
    package let name: String?
}

/// The class code of a function (PCI Code and ID Assignment 1.11, section 1).
package struct PCIClass: Hashable, Sendable, Codable {
    /// Base class and subclass: 0x0604 is a PCI-to-PCI bridge.
    package let code: PCIID
    package let programmingInterface: UInt8
    /// As lspci prints it: an unknown subclass is its base class and the number.
    package let name: String?
    package let programmingInterfaceName: String?
}
