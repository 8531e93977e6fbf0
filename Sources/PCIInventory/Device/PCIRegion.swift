// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A BAR or the expansion ROM of a function.
package struct PCIRegion: Hashable, Sendable {
    /// 0…5, and 6 for the expansion ROM, as in VFIO's region numbers.
    package let index: UInt8
    package let kind: PCIRegionKind
    /// Zero when it was never assigned.
    package let address: RegionAddress
    /// Only the kernel knows it: a dump has none.
    package let size: ByteCount?
    /// Whether it comes from Enhanced Allocation and not from the BAR.
    package let isEnhanced: Bool
    /// Whether the kernel reports an address that does not stand in the device, as for a VF.
    package let isVirtual: Bool
}

/// What a region is.
package enum PCIRegionKind: Hashable, Sendable {
    case ports
    case memory(MemoryWidth, prefetchable: Bool)
    case rom(enabled: Bool)
}

/// How a memory BAR is addressed: bits 1 and 2 of the register (PCI Local Bus 3.0, 6.2.5.1).
package enum MemoryWidth: UInt8, Hashable, Sendable, Codable {
    case bits32 = 0
    case below1MiB = 1
    case bits64 = 2
    case reserved = 3
}

extension PCIRegion: Codable {
    private enum CodingKeys: String, CodingKey {
        case index, kind, address, size, width, prefetchable, enabled
        case isEnhanced = "enhanced"
        case isVirtual = "virtual"
    }

    private enum Kind: String, Codable {
        case ports, memory, rom
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        index = try container.decode(UInt8.self, forKey: .index)
        address = try container.decode(RegionAddress.self, forKey: .address)
        size = try container.decodeIfPresent(UInt64.self, forKey: .size).map(ByteCount.bytes)
        isEnhanced = try container.decode(Bool.self, forKey: .isEnhanced)
        isVirtual = try container.decode(Bool.self, forKey: .isVirtual)
        switch try container.decode(Kind.self, forKey: .kind) {
        case .ports: kind = .ports
        case .memory:
            kind = .memory(
                try container.decode(MemoryWidth.self, forKey: .width),
                prefetchable: try container.decode(Bool.self, forKey: .prefetchable))
        case .rom: kind = .rom(enabled: try container.decode(Bool.self, forKey: .enabled))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(index, forKey: .index)
        try container.encode(address, forKey: .address)
        try container.encodeIfPresent(size?.rawValue, forKey: .size)
        try container.encode(isEnhanced, forKey: .isEnhanced)
        try container.encode(isVirtual, forKey: .isVirtual)
        switch kind {
        case .ports: try container.encode(Kind.ports, forKey: .kind)
        case .memory(let width, let prefetchable):
            try container.encode(Kind.memory, forKey: .kind)
            try container.encode(width, forKey: .width)
            try container.encode(prefetchable, forKey: .prefetchable)
        case .rom(let enabled):
            try container.encode(Kind.rom, forKey: .kind)
            try container.encode(enabled, forKey: .enabled)
        }
    }
}
