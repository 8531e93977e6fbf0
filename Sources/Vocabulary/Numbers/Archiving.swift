// SPDX-License-Identifier: GPL-3.0-or-later

#if !hasFeature(Embedded)
// How the numbers stand in JSON. Addresses are text in the kernel's own form: a 64-bit number does
// not survive every JSON reader, and a person looks for `0x08000000`.

extension Address where Self: ArchivedText {
    package init(from decoder: any Decoder) throws { self = try Self.read(from: decoder) }
    package func encode(to encoder: any Encoder) throws { try put(into: encoder) }

    package init?(archived text: String) {
        guard let value = Hexadecimal.value(text) else { return nil }
        self.init(rawValue: value)
    }

    package var archived: String { description }
    package static var noun: String { "a hexadecimal address" }
}

extension IOVA: ArchivedText {}
extension PhysicalAddress: ArchivedText {}
extension MessageAddress: ArchivedText {}

extension PCIAddress: ArchivedText {
    package init?(archived text: String) { self.init(text) }
    package var archived: String { description }
    package static var noun: String { "a PCI address" }
}

extension InterruptKind: ArchivedText {
    package init(from decoder: any Decoder) throws { self = try Self.read(from: decoder) }
    package func encode(to encoder: any Encoder) throws { try put(into: encoder) }

    package init?(archived text: String) { self.init(name: text) }
    package var archived: String { name }
    package static var noun: String { "intx, msi or msix" }
}

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
#endif
