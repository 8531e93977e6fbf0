// SPDX-License-Identifier: GPL-3.0-or-later

#if !hasFeature(Embedded)
// How the numbers stand in JSON. Addresses are text in the kernel's own form: a 64-bit number does
// not survive every JSON reader, and a person looks for `0x08000000`.

extension Address where Self: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Hexadecimal.value(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is not a hexadecimal address")
        }
        self.init(rawValue: value)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension IOVA: Codable {}
extension PhysicalAddress: Codable {}
extension MessageAddress: Codable {}
extension ByteCount: Codable {}
extension InterruptID: Codable {}
extension VectorIndex: Codable {}
extension KernelErrno: Codable {}
extension BoardInstant: Codable {}
extension Granule: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let granule = Granule(try container.decode(ByteCount.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a granule must be a power of two")
        }
        self = granule
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(bytes)
    }
}

extension InterruptKind: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let kind = InterruptKind(name: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is not intx, msi or msix")
        }
        self = kind
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}

extension PCIAddress: Codable, CodingKeyRepresentable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    package init?(codingKey: some CodingKey) { self.init(codingKey.stringValue) }
    package var codingKey: any CodingKey { Key(stringValue: description) }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let address = PCIAddress(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is not a PCI address")
        }
        self = address
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
#endif
