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
        guard line.contains("\"") || line.contains("//") else { return line }
        var bare: [UInt8] = []
        var (isQuoted, isEscaped) = (false, false)
        for byte in line.utf8 {
            if isQuoted {
                isQuoted = isEscaped || byte != UInt8(ascii: "\"")
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
            } else if byte == UInt8(ascii: "/"), bare.last == byte {
                break
            } else {
                isQuoted = byte == UInt8(ascii: "\"")
                bare.append(byte)
            }
        }
        return String(decoding: bare, as: UTF8.self)
    }

    private static func opensFunction(_ bare: String) -> Bool {
        guard bare.contains("func ") || bare.contains("init") else { return false }
        let words = bare.split(separator: " ")
        return words.contains("func")
            || words.contains { word in
                ["init(", "init?(", "init<", "deinit"].contains { word.hasPrefix($0) }
            }
    }

    /// Functions and initialisers with their first line and length, by counting braces.
    var functions: [(line: Int, length: Int)] {
        var found: [(Int, Int)] = []
        var open: [(depth: Int, line: Int)] = []
        var depth = 0
        var waiting: Int?
        for (number, line) in lines.enumerated() {
            let bare = Self.bare(line)
            if Self.opensFunction(bare) { waiting = number }
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
    /// Values say all in their names, and a member that a protocol asks for is documented there.
    var undocumented: [Int] {
        lines.indices.filter { index in
            guard let name = Self.declared(lines[index]), !Self.witnesses.contains(name) else {
                return false
            }
            var above = index - 1
            while above >= 0, lines[above].trimmingPrefix(while: \.isWhitespace).hasPrefix("@") {
                above -= 1
            }
            return above < 0 || !lines[above].contains("///")
        }.map { $0 + 1 }
    }

    /// The name of the type or function that a line declares for other modules.
    private static func declared(_ line: String) -> String? {
        var words = line.split(separator: " ")[...]
        guard words.popFirst() == "package" else { return nil }
        let modifiers: Set<Substring> = ["final", "indirect", "static", "mutating", "nonisolated"]
        while let word = words.first, modifiers.contains(word) { words.removeFirst() }
        let kinds: Set<Substring> = ["func", "struct", "enum", "class", "actor", "protocol"]
        guard let kind = words.popFirst(), kinds.contains(kind), let name = words.first else {
            return nil
        }
        return String(name.prefix { $0 != "(" && $0 != ":" && $0 != "<" })
    }

    /// Members that protocols ask for: of the standard library, and of ours where they explain it.
    private static let witnesses: Set<String> = [
        "", "==", "encode", "hash", "write", "contents", "create", "remove", "makeDirectory",
        "entries", "target", "exchange", "read", "closeInput", "lastWords", "close", "enqueue",
        "checkIsolated", "isIsolatingCurrentContext", "revisions", "recipe", "lastingRecipe",
        "notes",
    ]
}
