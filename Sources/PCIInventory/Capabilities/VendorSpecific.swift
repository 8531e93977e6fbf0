// SPDX-License-Identifier: GPL-3.0-or-later

/// A structure that a vendor defined, kept as bytes.
package struct VendorSpecific: Hashable, Sendable {
    /// Who defined it; nothing where it is the function's own vendor.
    package let vendor: PCIID?
    /// The vendor's own number for it; a conventional structure has none.
    package let id: PCIID?
    /// The whole structure, header included; shorter than it says when less was read.
    package let bytes: [UInt8]

    init?(_ kind: CapabilityID, at place: Int, of space: ConfigurationSpace) {
        let length: Int
        switch kind {
        case .vendorSpecific:
            guard let size = space.byte(at: place + 2) else { return nil }
            (vendor, id, length) = (nil, nil, Int(size))
        case .extendedVendorSpecific:
            guard let header = space.long(at: place + 4) else { return nil }
            (vendor, length) = (nil, Int(header >> 20))
            id = PCIID(rawValue: UInt16(header & 0xffff))
        default:
            guard let header = space.long(at: place + 4), let number = space.word(at: place + 8)
            else { return nil }
            (vendor, length) = (PCIID(rawValue: UInt16(header & 0xffff)), Int(header >> 20))
            id = PCIID(rawValue: number)
        }
        bytes = Array(space.bytes[place..<min(place + length, space.bytes.count)])
    }
}

extension VendorSpecific: Encodable {
    private enum CodingKeys: String, CodingKey {
        case vendor, id, bytes
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(vendor, forKey: .vendor)
        try container.encodeIfPresent(id, forKey: .id)
        try container.encode(HexadecimalBytes.encode(bytes), forKey: .bytes)
    }
}
