// SPDX-License-Identifier: GPL-3.0-or-later

private import Vocabulary

// Only written, never read: whoever decodes a device decodes its bytes again.

extension Capability: Encodable {
    private enum CodingKeys: String, CodingKey {
        case offset, id, extended, version, name
        case msi, msix, express, enhancedAllocation, singleRootIOV, accessControl, vendorSpecific
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(offset, forKey: .offset)
        try container.encode(id.number, forKey: .id)
        try container.encode(id.isExtended, forKey: .extended)
        try container.encodeIfPresent(version, forKey: .version)
        try container.encodeIfPresent(id.name, forKey: .name)
        switch content {
        case .msi(let value): try container.encode(value, forKey: .msi)
        case .msix(let value): try container.encode(value, forKey: .msix)
        case .express(let value): try container.encode(value, forKey: .express)
        case .enhancedAllocation(let value):
            try container.encode(value, forKey: .enhancedAllocation)
        case .singleRootIOV(let value): try container.encode(value, forKey: .singleRootIOV)
        case .accessControl(let value): try container.encode(value, forKey: .accessControl)
        case .vendorSpecific(let value): try container.encode(value, forKey: .vendorSpecific)
        case .other, .undecoded: break
        }
    }
}

extension MSICapability: Encodable {
    private enum CodingKeys: String, CodingKey {
        case isEnabled = "enabled"
        case is64Bit
        case isMaskable = "maskable"
        case vectorsCapable, vectorsEnabled, address, data, mask, pending
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(isEnabled, forKey: .isEnabled)
        try container.encode(is64Bit, forKey: .is64Bit)
        try container.encode(isMaskable, forKey: .isMaskable)
        try container.encode(vectorsCapable, forKey: .vectorsCapable)
        try container.encode(vectorsEnabled, forKey: .vectorsEnabled)
        try container.encode(
            Hexadecimal.prefixed(message.address.rawValue, width: 8), forKey: .address)
        try container.encode(message.data, forKey: .data)
        try container.encodeIfPresent(mask, forKey: .mask)
        try container.encodeIfPresent(pending, forKey: .pending)
    }
}

extension EnhancedAllocationEntry: Encodable {
    private enum CodingKeys: String, CodingKey {
        case equivalentBAR, primaryProperties, secondaryProperties, base, size
        case isEnabled = "enabled"
        case isWritable = "writable"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(equivalentBAR, forKey: .equivalentBAR)
        try container.encode(primaryProperties, forKey: .primaryProperties)
        try container.encode(secondaryProperties, forKey: .secondaryProperties)
        try container.encode(isEnabled, forKey: .isEnabled)
        try container.encode(isWritable, forKey: .isWritable)
        try container.encode(base, forKey: .base)
        try container.encodeIfPresent(size?.rawValue, forKey: .size)
    }
}
