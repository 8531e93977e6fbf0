// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage
package import Vocabulary
import Yams

/// Puts a host key into the text of a lab file, leaving everything else as its owner wrote it.
package enum Enrolment {
    /// Writes the key behind the board's `host`, or in place of the key that is pinned now.
    /// - Throws: `LanguageError` for a file that is none; `UnknownName`, also for a board of
    ///   another kind, which needs no key.
    package static func text(
        _ source: SourceText, pinning key: String, of board: BoardName
    ) throws -> String {
        _ = try Lab(source)
        let entry = try entry(of: board, in: source)
        guard let host = entry.keys.first(where: { $0.string == "host" })?.mark else {
            throw UnknownName(
                noun: "board reached by SSH", name: board.text, place: source.file, known: [])
        }
        var lines = source.text.split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        let indent = String(repeating: " ", count: host.column - 1)
        let line = "\(indent)host-key: \(key)"
        if let pinned = entry.keys.first(where: { $0.string == "host-key" })?.mark {
            lines[pinned.line - 1] = line
        } else {
            lines.insert(line, at: host.line)
        }
        let text = lines.joined(separator: "\n")
        // A file in flow style could not take a line of its own: better none than a broken one.
        _ = try Lab(SourceText(file: source.file, text: text))
        return text
    }

    private static func entry(of board: BoardName, in source: SourceText) throws -> Node.Mapping {
        let root = try Parser(yaml: source.text, encoding: .utf8).singleRoot()
        let entries = root?["boards"]?.sequence?.compactMap(\.mapping) ?? []
        guard let entry = entries.first(where: { $0["name"]?.string == board.text }) else {
            throw UnknownName(
                noun: "board", name: board.text, place: source.file,
                known: entries.compactMap { $0["name"]?.string })
        }
        return entry
    }
}
