// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence
package import PCIInventory
package import Vocabulary

/// What a live board showed that was only looked at.
///
/// All of its texts are the board's own words: nobody has looked yet at what is in them.
package struct ProbedBoard: Sendable {
    /// `uname -r`, and `uname -m`.
    package let release: String
    package let machine: String
    /// The CPU's page in bytes; nothing where the kernel does not tell.
    package let pageSize: ByteCount?
    /// Firmware's tables and the boot log.
    package let evidence: BoardEvidence
    /// The names in `/sys/class/iommu`: `smmu3.0x0000000009050000`.
    package let translators: [String]
    /// The default domain's type of each IOMMU group: `DMA`, `identity`.
    package let groupTypes: [String: String]
    package let inventory: [PCIDevice]
    /// What hangs on a function: "the SSH connection (eth0)".
    package let lifelines: [PCIAddress: String]

    package init(
        release: String, machine: String, pageSize: ByteCount?, evidence: BoardEvidence,
        translators: [String], groupTypes: [String: String], inventory: [PCIDevice],
        lifelines: [PCIAddress: String]
    ) {
        self.release = release
        self.machine = machine
        self.pageSize = pageSize
        self.evidence = evidence
        self.translators = translators
        self.groupTypes = groupTypes
        self.inventory = inventory
        self.lifelines = lifelines
    }
}

extension ProbedBoard {
    /// Why a function must be left alone; nothing where it may be taken.
    func protection(of device: PCIDevice) -> String? {
        if let purpose = lifelines[device.address] { return "carries \(purpose)" }
        if Self.isBridge(device) { return "is a bridge" }
        guard let group = device.iommuGroup else { return nil }
        let mate = inventory.first { other in
            other.iommuGroup == group && !Self.isBridge(other)
                && lifelines[other.address] != nil
        }
        return mate.map { "is in IOMMU group \(group) with \($0.address)" }
    }

    /// Base class 06: host bridges too, which have nothing behind them in configuration space.
    private static func isBridge(_ device: PCIDevice) -> Bool {
        device.classCode.code.rawValue >> 8 == 0x06
    }

    /// What a suite calls a function that can be made to ring; nothing for any other.
    func ringing(_ device: PCIDevice) -> DeviceRequirement.Kind? {
        DeviceRequirement.Kind.allCases.first { DeviceRequirement(kind: $0).isMet(by: device) }
    }
}
