// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// A source file of the project as lines, with just enough understanding to measure it.
struct SourceFile {
    let name: String
    let lines: [String]

    /// Every Swift file below `Sources`, `Tests` and the manifest itself.
    static func all() throws -> [SourceFile] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folders = ["Sources", "Tests"].map { root.appending(path: $0) }
        let inside = folders.flatMap { folder in
            FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?
                .compactMap { $0 as? URL } ?? []
        }
        return try (inside + [root.appending(path: "Package.swift")])
            .filter { $0.pathExtension == "swift" }
            .map { url in
                let text = try String(contentsOf: url, encoding: .utf8)
                return SourceFile(
                    name: String(url.path.dropFirst(root.path.count + 1)), text: text)
            }
    }

    init(name: String, text: String) {
        self.name = name
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// A line without its comment and without what stands in string literals.
    static func bare(_ line: String) -> String {
        line.replacing(#/"(\\.|[^"\\])*"/#, with: "\"\"").replacing(#/\/\/.*/#, with: "")
    }

    /// Functions and initialisers with their first line and length, by counting braces.
    var functions: [(line: Int, length: Int)] {
        var found: [(Int, Int)] = []
        var open: [(depth: Int, line: Int)] = []
        var depth = 0
        var waiting: Int?
        for (number, line) in lines.enumerated() {
            let bare = Self.bare(line)
            if bare.contains(#/\b(func [^\s]|init[?(<]|deinit\b)/#), !bare.contains(".init") {
                waiting = number
            }
            if let start = waiting, bare.contains("{") {
                open.append((depth, start))
                waiting = nil
            }
            depth += bare.count { $0 == "{" } - bare.count { $0 == "}" }
            while let last = open.last, depth <= last.depth {
                found.append((last.line + 1, number - last.line + 1))
                open.removeLast()
            }
        }
        return found.map { (line: $0.0, length: $0.1) }
    }

    /// Lines that declare something for other modules without a doc comment above them.
    ///
    /// Conformances and values that say all in their names are asked of their type instead:
    /// enum cases, `init`s that only take the parts, stored properties and operators.
    var undocumented: [Int] {
        let needsWords =
            #/^\s*package (final |indirect |static |mutating |nonisolated )*(func|struct|enum|class|actor|protocol|typealias) /#
        return lines.indices.filter { index in
            guard lines[index].contains(needsWords), !Self.isWitness(lines[index]) else {
                return false
            }
            var above = index - 1
            while above >= 0, lines[above].contains(#/^\s*(@|\/\/ swift-format)/#) { above -= 1 }
            return above < 0 || !lines[above].contains("///")
        }.map { $0 + 1 }
    }

    /// A member that a protocol of the standard library asks for says nothing new.
    private static func isWitness(_ line: String) -> Bool {
        line.contains(
            #/func (<|==|hash\(|encode\(to|makeIterator|next\(|callAsFunction)|typealias (Answer|Element|Body|RawValue|Failure) /#
        )
    }
}
