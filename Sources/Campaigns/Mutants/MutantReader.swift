// SPDX-License-Identifier: GPL-3.0-or-later

import Judgement
import KernelTree
package import SystemPackage
import Vocabulary

extension Mutant {
    /// Reads a mutant's patch.
    ///
    /// - Throws: `LanguageError` with everything that its trailers lack.
    package init(_ source: SourceText, at patch: FilePath) throws(LanguageError) {
        var reader = MutantReader(source.text)
        let name = KernelName(patch.stem ?? "")
        let base = reader.read("Base") { KernelName($0) }
        let breaks = reader.read("Breaks", MutantReader.invariants)
        let suite = reader.read("Suite") { SuiteName($0) }
        let board = reader.has("Board") ? reader.read("Board") { BoardName($0) } : nil
        let why = reader.read("Why") { $0 }
        if name == nil { reader.complain("the file's name is no name for a kernel") }
        let files = PatchText(source.text).files
        if files.isEmpty { reader.complain("it changes no file") }
        guard reader.complaints.isEmpty, let name, let base, let breaks, let suite, let why else {
            throw LanguageError(file: source.file, complaints: reader.complaints)
        }
        self.init(
            name: name, patch: patch, base: base, breaks: breaks, suite: suite, board: board,
            why: why, files: files)
    }
}

/// Reads the trailers of a mutant's message, which end at the line `---`.
private struct MutantReader {
    private let trailers: [(key: String, value: String, line: Int)]
    private let end: Int
    private(set) var complaints: [Complaint] = []

    init(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let message = lines.prefix { $0 != "---" && !$0.hasPrefix("diff --git ") }
        var trailers: [(key: String, value: String, line: Int)] = []
        for (index, line) in message.enumerated() {
            if line.hasPrefix(Self.mark), let colon = line.firstIndex(of: ":") {
                let key = String(line[..<colon].dropFirst(Self.mark.count))
                let value = line[line.index(after: colon)...].drop { $0 == " " }
                trailers.append((key, String(value), index + 1))
            } else if line.hasPrefix(" "), trailers.last?.line == index {
                // A line that begins with a space goes on with the one before.
                trailers[trailers.count - 1].value += line
                trailers[trailers.count - 1].line = index + 1
            }
        }
        self.trailers = trailers
        end = message.count
    }

    private static let mark = "Doorbell-"

    func has(_ key: String) -> Bool { trailers.contains { $0.key == key } }

    mutating func read<Value>(_ key: String, _ parse: (String) -> Value?) -> Value? {
        let found = trailers.filter { $0.key == key }
        guard let trailer = found.first, found.count == 1 else {
            complain("one trailer '\(Self.mark)\(key)' is wanted", line: max(1, end))
            return nil
        }
        guard let value = parse(trailer.value), !trailer.value.isEmpty else {
            complain("'\(trailer.value)' is no value of \(Self.mark)\(key)", line: trailer.line)
            return nil
        }
        return value
    }

    mutating func complain(_ sentence: String, line: Int = 1) {
        complaints.append(
            Complaint(position: SourcePosition(line: line, column: 1), sentence: sentence))
    }

    /// Names of the catalogue with commas between, or `nothing`.
    static func invariants(_ text: String) -> [InvariantID]? {
        guard text != "nothing" else { return [] }
        let names = text.split(separator: ",").map { $0.drop { $0 == " " } }
        let known = names.compactMap { name in
            InvariantCatalogue.all.first { $0.id.text == name }?.id
        }
        return known.count == names.count && !known.isEmpty ? known : nil
    }
}
