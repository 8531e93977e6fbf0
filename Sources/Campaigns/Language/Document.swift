// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage
import Yams

/// The values of one YAML file, not yet understood.
struct Document {
    private let file: String
    private let root: Node
    private let folder: FilePath?

    /// Reads the YAML of a file.
    ///
    /// - Throws: `LanguageError` when it is empty, not YAML, or unfolds to more than it should.
    init(_ source: SourceText) throws(LanguageError) {
        file = source.file
        folder = source.folder
        guard !AliasBudget.isExceeded(by: source.text) else {
            throw LanguageError(
                file: file, at: .start,
                "the aliases of this file could unfold to over \(AliasBudget.limit) values; "
                    + "write the values out")
        }
        var composed: Node?
        do {
            composed = try Parser(yaml: source.text, encoding: .utf8).singleRoot()
        } catch {
            throw YAMLSyntax.languageError(file: source.file, for: error)
        }
        guard let composed, composed.scalar?.string != "" else {
            throw LanguageError(file: file, at: .start, "the file is empty")
        }
        root = composed
    }

    /// Understands the whole file, and gives the result only when nothing was complained of.
    ///
    /// - Throws: `LanguageError` with every complaint.
    func understood<Result>(_ read: (Value) -> Result?) throws(LanguageError) -> Result {
        let book = ComplaintBook(folder: folder)
        let result = read(Value(root, in: book))
        guard book.complaints.isEmpty else {
            throw LanguageError(file: file, complaints: book.inOrder)
        }
        guard let result else {
            throw LanguageError(file: file, "the file was not understood, and nothing tells why")
        }
        return result
    }
}

/// Bounds how far the aliases of a YAML file can unfold, before they are unfolded.
///
/// A few lines of aliases to aliases unfold to billions of values. With *a* aliases spread over *m*
/// anchors, no document has more than (a/m)^m values for each one written; that is largest for
/// m = a/e.
enum AliasBudget {
    static let limit = 100_000

    /// Tells whether the marks in a text are enough for a bomb; marks in prose are counted too.
    static func isExceeded(by text: String) -> Bool {
        let aliases = count("*", in: text)
        let levels = min(count("&", in: text), max(1, aliases * 100 / 272))
        guard aliases > 0, levels > 0 else { return false }
        let perLevel = max(1, Double(aliases) / Double(levels))
        var unfolded = 1.0
        for _ in 0..<levels where unfolded <= Double(limit) { unfolded *= perLevel }
        return unfolded > Double(limit)
    }

    /// Counts a mark where it stands directly before a letter or digit, as libyaml wants it.
    private static func count(_ mark: Character, in text: String) -> Int {
        zip(text.utf8, text.utf8.dropFirst()).count { here, next in
            here == mark.asciiValue && next > UInt8(ascii: " ")
        }
    }
}
