// SPDX-License-Identifier: GPL-3.0-or-later

#if !hasFeature(Embedded)
/// A value that stands in JSON as the text a person would write, also as a key.
package protocol ArchivedText: Codable, CodingKeyRepresentable {
    /// Reads the text back; nothing for any other.
    init?(archived text: String)
    /// The text.
    var archived: String { get }
    /// What the text is, for messages: "a PCI address".
    static var noun: String { get }
}

extension ArchivedText {
    package init(from decoder: any Decoder) throws { self = try Self.read(from: decoder) }
    package func encode(to encoder: any Encoder) throws { try put(into: encoder) }

    // Values with a raw value must say themselves that they do not stand in JSON as that.
    static func read(from decoder: any Decoder) throws -> Self {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Self(archived: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is not \(Self.noun)")
        }
        return value
    }

    func put(into encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(archived)
    }

    package init?(codingKey: some CodingKey) { self.init(archived: codingKey.stringValue) }
    package var codingKey: any CodingKey { TextKey(stringValue: archived) }
}

private struct TextKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
#endif
