// SPDX-License-Identifier: GPL-3.0-or-later

/// The name that reports, baselines and bug mails know an invariant by: `INV-04`, `CALL-01`.
package struct InvariantID: Sendable, Hashable {
    package let text: String

    private init(_ series: String, _ number: Int) {
        text = number < 10 ? "\(series)-0\(number)" : "\(series)-\(number)"
    }

    /// Names an invariant of the numbered list about MSI mapping.
    package static func msi(_ number: Int) -> InvariantID { InvariantID("INV", number) }

    /// Names an invariant about system calls as such, which the numbered list leaves out.
    package static func call(_ number: Int) -> InvariantID { InvariantID("CALL", number) }

    /// Names an invariant about what the board does and its kernel says of it.
    package static func observer(_ number: Int) -> InvariantID { InvariantID("OBS", number) }

    /// Names an invariant about the kernel's log.
    package static func log(_ number: Int) -> InvariantID { InvariantID("LOG", number) }

    /// Names an invariant about programs of others, whose tests say themselves what is right.
    package static func foreign(_ number: Int) -> InvariantID { InvariantID("FOREIGN", number) }
}

extension InvariantID: CustomStringConvertible {
    package var description: String { text }
}

extension InvariantID: Codable {
    package init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
