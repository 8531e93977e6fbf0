// SPDX-License-Identifier: GPL-3.0-or-later

/// Writes and reads numbers as the kernel prints them.
package enum Hexadecimal {
    /// Writes lower-case digits, padded with zeros to `width`, without `0x`.
    package static func digits(_ value: UInt64, width: Int = 1) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }

    /// Writes `0x` and the digits.
    package static func prefixed(_ value: UInt64, width: Int = 1) -> String {
        "0x" + digits(value, width: width)
    }

    /// Reads digits with or without `0x`; anything else, a sign included, is nothing.
    package static func value(_ text: some StringProtocol) -> UInt64? {
        let digits = text.hasPrefix("0x") || text.hasPrefix("0X") ? text.dropFirst(2) : text[...]
        guard let first = digits.utf8.first, first != UInt8(ascii: "+"),
            first != UInt8(ascii: "-")
        else { return nil }
        return UInt64(digits, radix: 16)
    }
}
