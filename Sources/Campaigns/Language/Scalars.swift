// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension Value {
    /// Reads a name: letters, digits, `.`, `_` and `-`.
    func name<Subject>(_ type: Name<Subject>.Type = Name<Subject>.self) -> Name<Subject>? {
        guard let text = text("a name") else { return nil }
        guard let name = Name<Subject>(text) else {
            return complain(
                "'\(shortened(text))' is no name; write at most 100 letters, digits, '.', '_' "
                    + "and '-', beginning with a letter or digit", as: Name<Subject>.self)
        }
        return name
    }

    /// Reads one of a few words.
    func choice<Choice: LanguageKey>(_ type: Choice.Type = Choice.self) -> Choice? {
        let words = Choice.allCases.map(\.rawValue)
        guard let text = text("one of \(words.joined(separator: ", "))") else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let advice = Spelling.advice(for: text, among: words)
            return complain("'\(shortened(text))' is not known here; \(advice)", as: Choice.self)
        }
        return choice
    }

    /// Reads `true` or `false`.
    func boolean() -> Bool? {
        guard let text = text("true or false") else { return nil }
        guard let boolean = Bool(text) else {
            return complain("write true or false, not '\(shortened(text))'", as: Bool.self)
        }
        return boolean
    }

    /// Reads a plain number within bounds.
    func count<Number: FixedWidthInteger & Sendable>(_ bounds: ClosedRange<Number>) -> Number? {
        guard let text = text("a number") else { return nil }
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return complain(
                "a whole number without a unit is wanted here, not '\(shortened(text))'",
                as: Number.self)
        }
        guard let number = Number(text), bounds.contains(number) else {
            return complain(
                "\(shortened(text)) is out of bounds; write a number from \(bounds.lowerBound) to "
                    + "\(bounds.upperBound)", as: Number.self)
        }
        return number
    }

    /// Reads an address of any space: `0x` and up to 16 hexadecimal digits.
    func address<Space: Address>(_ space: Space.Type = Space.self) -> Space? {
        guard let text = text("an address") else { return nil }
        guard let address: Space = Self.address(text) else {
            return complain(
                "'\(shortened(text))' is no address; write 0x and at most 16 hexadecimal digits",
                as: Space.self)
        }
        return address
    }

    static func address<Space: Address>(_ text: some StringProtocol) -> Space? {
        guard text.hasPrefix("0x") else { return nil }
        return Hexadecimal.value(text).map { Space(rawValue: $0) }
    }
}
