// SPDX-License-Identifier: GPL-3.0-or-later

/// The configuration space of one function, as far as it was read: evidence, never changed.
///
/// 64 bytes without root, 256 for conventional PCI, 4096 for PCI Express; any other length is
/// taken as it is. Nothing is assumed of the content: a board may answer with anything.
package struct ConfigurationSpace: Hashable, Sendable {
    package let bytes: [UInt8]

    /// The most that a function has (PCIe 5.0, 7.2.2).
    package static let largest = 4096

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads a byte; nothing when it was not read from the device.
    package func byte(at offset: Int) -> UInt8? {
        bytes.indices.contains(offset) ? bytes[offset] : nil
    }

    /// Reads two bytes, little-endian as configuration space is.
    package func word(at offset: Int) -> UInt16? {
        guard let low = byte(at: offset), let high = byte(at: offset + 1) else { return nil }
        return UInt16(high) << 8 | UInt16(low)
    }

    /// Reads four bytes, little-endian as configuration space is.
    package func long(at offset: Int) -> UInt32? {
        guard let low = word(at: offset), let high = word(at: offset + 2) else { return nil }
        return UInt32(high) << 16 | UInt32(low)
    }

    /// Whether the function does not answer: every read of an absent device gives ones.
    package var isAllOnes: Bool {
        long(at: 0) == .max && (long(at: 8) ?? .max) == .max
    }

    /// Whether it is that of an SR-IOV virtual function: its identity reads as ones, for the
    /// physical function has it, and its class does not (PCIe 5.0, 9.3.4.1).
    package var isVirtualFunction: Bool {
        long(at: 0) == .max && !isAllOnes
    }

    /// The layout of the header, without the multi-function bit; nothing when it was not read.
    package var headerType: HeaderType? {
        byte(at: 0x0e).flatMap { HeaderType(rawValue: $0 & 0x7f) }
    }
}

/// The layouts of the configuration header (PCI Local Bus 3.0, 6.1).
package enum HeaderType: UInt8, Hashable, Sendable {
    case endpoint = 0
    case bridge = 1
    case cardBus = 2

    /// Where the pointer to the first capability stands.
    var capabilityPointer: Int {
        self == .cardBus ? 0x14 : 0x34
    }
}

extension ConfigurationSpace: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let bytes = HexadecimalBytes.decode(text.utf8) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not pairs of hexadecimal digits")
        }
        self.init(bytes: bytes)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(HexadecimalBytes.encode(bytes))
    }
}
