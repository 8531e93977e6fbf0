// SPDX-License-Identifier: GPL-3.0-or-later

import Yams

/// One value of a file, with its place and the book for what is wrong with it.
///
/// Each reading function gives the value, or writes a complaint and gives nothing.
struct Value {
    let node: Node
    let position: SourcePosition
    let book: ComplaintBook

    init(_ node: Node, in book: ComplaintBook) {
        self.node = node
        self.book = book
        position = node.mark.map { SourcePosition($0) } ?? .start
    }

    /// Writes a complaint about this value; gives nothing, so that a reader can return it.
    @discardableResult
    func complain<Result>(_ sentence: String, as type: Result.Type = Never.self) -> Result? {
        book.add(sentence, at: position)
        return nil
    }

    /// What kind of thing stands here, for a sentence.
    var nature: String {
        switch node {
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .scalar(let scalar):
            scalar.string.isEmpty ? "nothing" : "'\(shortened(scalar.string))'"
        case .alias: "an alias"
        }
    }

    /// Whether the value is left out: `key:` with nothing behind it, or `~`.
    var isNothing: Bool {
        guard case .scalar(let scalar) = node, scalar.style == .plain else { return false }
        return ["", "~", "null"].contains(scalar.string)
    }

    /// Whether one piece of text stands here, and not a list or mapping.
    var isScalar: Bool {
        if case .scalar = node { true } else { false }
    }

    /// The text that stands here, without a complaint where none does.
    var word: String? {
        if case .scalar(let scalar) = node { scalar.string } else { nil }
    }

    /// Reads text of one or more characters.
    func text(_ wanted: String = "text") -> String? {
        guard case .scalar(let scalar) = node, !isNothing, !scalar.string.isEmpty else {
            return complain("\(wanted) is wanted here, not \(nature)", as: String.self)
        }
        guard !scalar.string.unicodeScalars.contains(where: Self.isControl) else {
            return complain("\(wanted) may not hold control characters", as: String.self)
        }
        return scalar.string
    }

    /// Reads the values of a list.
    func list() -> [Value]? {
        guard case .sequence(let sequence) = node else {
            return complain("a list is wanted here, not \(nature)", as: [Value].self)
        }
        return sequence.map { Value($0, in: book) }
    }

    /// Reads a list whose items are all of one kind; one bad item spoils it.
    func list<Item>(of read: (Value) -> Item?) -> [Item]? {
        guard let values = list() else { return nil }
        let items = values.map(read)
        return items.contains { $0 == nil } ? nil : items.compactMap(\.self)
    }

    /// Reads the entries of a mapping whose keys are free, in the order of the file.
    func entries() -> [(key: Value, value: Value)]? {
        guard case .mapping(let mapping) = node else {
            return complain("a mapping is wanted here, not \(nature)")
        }
        return mapping.map { (Value($0.key, in: book), Value($0.value, in: book)) }
    }

    private func complain(_ sentence: String) -> [(key: Value, value: Value)]? {
        complain(sentence, as: [(key: Value, value: Value)].self)
    }

    /// Line feeds and tabs are text; the other C0 and C1 characters could disturb a terminal.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
    }
}

/// Cuts a quotation so that a message stays readable, and makes it safe for a terminal.
func shortened(_ text: String) -> String {
    let start = String(text.prefix(60)).unicodeScalars.map { $0.escaped(asASCII: false) }.joined()
    return text.count > 60 ? start + "…" : start
}
