// SPDX-License-Identifier: GPL-3.0-or-later

private import Vocabulary

extension PCIDevice: Codable {
    private enum CodingKeys: String, CodingKey {
        case address, revision, interruptLine, regions, rom, driver, iommuGroup, numaNode, parent
        case identity = "ids"
        case classCode = "class"
        case configuration = "config"
        // Decoded from the bytes, for readers of the JSON; ignored when it is read back.
        case bridge, capabilities, notes
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        address = try container.decode(AddressText.self, forKey: .address).address
        identity = try container.decode(PCIIdentity.self, forKey: .identity)
        classCode = try container.decode(PCIClass.self, forKey: .classCode)
        revision = try container.decode(UInt8.self, forKey: .revision)
        interruptLine = try container.decode(Int.self, forKey: .interruptLine)
        regions = try container.decode([PCIRegion].self, forKey: .regions)
        rom = try container.decodeIfPresent(PCIRegion.self, forKey: .rom)
        driver = try container.decodeIfPresent(String.self, forKey: .driver)
        iommuGroup = try container.decodeIfPresent(String.self, forKey: .iommuGroup)
        numaNode = try container.decodeIfPresent(Int.self, forKey: .numaNode)
        parent = try container.decodeIfPresent(AddressText.self, forKey: .parent)?.address
        configuration = try container.decode(ConfigurationSpace.self, forKey: .configuration)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(address.description, forKey: .address)
        try container.encode(identity, forKey: .identity)
        try container.encode(classCode, forKey: .classCode)
        try container.encode(revision, forKey: .revision)
        try container.encode(interruptLine, forKey: .interruptLine)
        try container.encode(regions, forKey: .regions)
        try container.encodeIfPresent(rom, forKey: .rom)
        try container.encodeIfPresent(driver, forKey: .driver)
        try container.encodeIfPresent(iommuGroup, forKey: .iommuGroup)
        try container.encodeIfPresent(numaNode, forKey: .numaNode)
        try container.encodeIfPresent(parent?.description, forKey: .parent)
        try container.encode(configuration, forKey: .configuration)
        let list = capabilityList
        try container.encodeIfPresent(bridge, forKey: .bridge)
        try container.encode(list.capabilities, forKey: .capabilities)
        try container.encode(list.notes.map(\.description), forKey: .notes)
    }
}

/// An address as JSON writes it.
private struct AddressText: Decodable {
    let address: PCIAddress

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let address = PCIAddress(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is not a PCI address")
        }
        self.address = address
    }
}
