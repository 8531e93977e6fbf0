// SPDX-License-Identifier: GPL-3.0-or-later

package import ReferenceModel
package import Vocabulary

/// What the model must know of a board, written down, so that it can be asked without the board.
package struct BoardDescription: Hashable, Sendable {
    package let name: BoardName
    /// One line for a person.
    package let summary: String
    /// Where the facts come from.
    package let source: String
    package var facts: BoardFacts
    package let devices: [DescribedDevice]

    package init(
        name: BoardName, summary: String, source: String, facts: BoardFacts,
        devices: [DescribedDevice]
    ) {
        self.name = name
        self.summary = summary
        self.source = source
        self.facts = facts
        self.devices = devices
    }
}

/// A device of a described board.
package struct DescribedDevice: Hashable, Sendable {
    package let kind: DeviceRequirement.Kind
    package let address: PCIAddress
    /// Whether it is a virtual function of SR-IOV.
    package let isVirtualFunction: Bool
    /// The members of its IOMMU group.
    package let group: Set<PCIAddress>

    package init(
        kind: DeviceRequirement.Kind, address: PCIAddress, isVirtualFunction: Bool = false,
        group: Set<PCIAddress> = []
    ) {
        self.kind = kind
        self.address = address
        self.isVirtualFunction = isVirtualFunction
        self.group = group.union([address])
    }

    /// Whether the device is what a case asks for.
    func meets(_ demand: DeviceRequirement) -> Bool {
        kind == demand.kind && isVirtualFunction == (demand.isVirtualFunction ?? false)
    }
}
