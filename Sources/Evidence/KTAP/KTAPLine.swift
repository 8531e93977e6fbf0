// SPDX-License-Identifier: GPL-3.0-or-later

/// One line of KTAP, by itself: Documentation/dev-tools/ktap.rst, 6.12.
enum KTAPLine: Hashable {
    /// `KTAP version 1`, `TAP version 13`.
    case version
    /// `1..5`, `1..0 # SKIP reason`.
    case plan(count: Int, skipped: String?)
    case result(number: Int?, name: String, outcome: KTAPResult.Outcome)
    case bailOut(reason: String)
    /// A comment, or what is not KTAP at all: KTAP allows both everywhere.
    case diagnostic

    /// Reads a line without its indentation.
    init(_ text: Substring) {
        self =
            Self.version(text) ?? Self.plan(text) ?? Self.result(text) ?? Self.bail(text)
            ?? .diagnostic
    }

    private static func version(_ text: Substring) -> KTAPLine? {
        let words = text.split(separator: " ")
        guard words.count == 3, ["KTAP", "TAP"].contains(words[0]), words[1] == "version",
            Int(words[2]) != nil
        else { return nil }
        return .version
    }

    private static func plan(_ text: Substring) -> KTAPLine? {
        guard text.hasPrefix("1..") else { return nil }
        let digits = text.dropFirst(3).prefix { $0.isASCII && $0.isNumber }
        let rest = text.dropFirst(3 + digits.count)
        guard let count = Int(digits), rest.isEmpty || rest.first == " " else { return nil }
        let directive = Directive(in: rest)
        return .plan(count: count, skipped: count == 0 ? directive?.reason ?? "no reason" : nil)
    }

    private static func result(_ text: Substring) -> KTAPLine? {
        var rest = text
        let isRight = !rest.skipWord("not")
        guard rest.skipWord("ok") else { return nil }
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        var number: Int?
        if !digits.isEmpty, digits.endIndex == rest.endIndex || rest[digits.endIndex] == " " {
            number = Int(digits)
            rest = rest[digits.endIndex...].drop { $0 == " " }
        }
        _ = rest.skipWord("-")
        let directive = Directive(in: rest)
        let name = directive.map { $0.name } ?? rest
        let words = name.trimmingSpaces
        // kselftest.h skips a test under no name: its reason begins with one.
        return .result(
            number: number, name: words.isEmpty ? directive?.reason ?? "" : words,
            outcome: directive.map { $0.outcome(isRight: isRight) } ?? (isRight ? .passed : .failed)
        )
    }

    private static func bail(_ text: Substring) -> KTAPLine? {
        guard text.hasPrefix("Bail out!") else { return nil }
        return .bailOut(reason: text.dropFirst("Bail out!".count).trimmingSpaces)
    }
}

/// What stands behind `#` on a line with a result or a plan.
private struct Directive {
    enum Word: String { case skip, todo, xfail, xpass, timeout, error }

    let name: Substring
    let word: Word
    let reason: String

    /// Finds the first `#` that begins a known word; a name may hold others.
    init?(in text: Substring) {
        var start = text.startIndex
        while let mark = text[start...].firstIndex(of: "#") {
            let isApart = mark == text.startIndex || text[text.index(before: mark)] == " "
            let behind = text[text.index(after: mark)...].drop { $0 == " " }
            let letters = behind.prefix { $0.isLetter }
            if isApart, let word = Word(rawValue: letters.lowercased()) {
                name = text[..<mark]
                self.word = word
                reason = behind.dropFirst(letters.count).trimmingSpaces
                return
            }
            start = text.index(after: mark)
        }
        return nil
    }

    func outcome(isRight: Bool) -> KTAPResult.Outcome {
        switch word {
        case .skip: .skipped(reason: reason)
        case .todo, .xfail: isRight && word == .todo ? .passed : .failedAsKnown(reason: reason)
        case .xpass: isRight ? .passed : .failed
        case .timeout, .error: .failed
        }
    }
}

extension Substring {
    /// Skips a word and the spaces behind it.
    fileprivate mutating func skipWord(_ word: String) -> Bool {
        guard hasPrefix(word) else { return false }
        let rest = dropFirst(word.count)
        guard rest.isEmpty || rest.first == " " else { return false }
        self = rest.drop { $0 == " " }
        return true
    }

    fileprivate var trimmingSpaces: String {
        String(
            drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
