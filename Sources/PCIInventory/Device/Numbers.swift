// SPDX-License-Identifier: GPL-3.0-or-later

internal import Vocabulary

/// A vendor, device or subsystem ID; in JSON four hexadecimal digits, as in pci.ids.
package struct PCIID: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }
}

extension PCIID: CustomStringConvertible {
    package var description: String { Hexadecimal.digits(UInt64(rawValue), width: 4) }
}

/// Where a region of a device lies.
///
/// From sysfs it is the CPU's physical address, from a dump what stands in the BAR; the two differ
/// where the host bridge translates.
package struct RegionAddress: Address {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }
}

extension PCIID: Codable {
    package init(from decoder: any Decoder) throws {
        let value = try HexadecimalNumber.decode(from: decoder, atMost: UInt64(UInt16.max))
        self.init(rawValue: UInt16(value))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension RegionAddress: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(rawValue: try HexadecimalNumber.decode(from: decoder, atMost: .max))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// Reads the hexadecimal strings of our JSON.
enum HexadecimalNumber {
    static func decode(from decoder: any Decoder, atMost limit: UInt64) throws -> UInt64 {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Hexadecimal.value(text), value <= limit else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is not a hexadecimal number in range")
        }
        return value
    }
}
