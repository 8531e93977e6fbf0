// SPDX-License-Identifier: GPL-3.0-or-later

/// The fields of one line of a trace point, found by what QEMU writes before each.
struct ObserverFields {
    private let text: Substring

    init(_ text: Substring) { self.text = text }

    /// The first word.
    var first: String? { text.split(separator: " ").first.map(String.init) }

    /// Reads the number behind a label: hexadecimal with `0x`, else decimal.
    func long(_ label: String) -> UInt64? {
        guard let place = text.firstRange(of: label) else { return nil }
        var scanner = LineScanner(text[place.upperBound...])
        guard let value = scanner.rest.hasPrefix("0x") ? scanner.hexadecimal() : scanner.decimal()
        else { return nil }
        // A digit that does not belong to the number makes it another one.
        return scanner.isAtEnd || scanner.rest.first == " " ? value : nil
    }

    /// The same, of at most 32 bits.
    func number(_ label: String) -> UInt32? { long(label).flatMap(UInt32.init(exactly:)) }
}
