// SPDX-License-Identifier: GPL-3.0-or-later

/// A unified diff as far as is needed to know which files it touches and where its hunks stand.
package struct PatchText: Hashable, Sendable {
    /// One hunk, with its header line.
    package struct Hunk: Hashable, Sendable {
        /// The file that it changes, without the `b/` before it.
        package let file: String
        /// The first line in the file before, as the header has it.
        package let line: Int
        /// The header and the lines.
        package let text: String
    }

    /// Each file that the patch changes, makes or removes, once, in order.
    package let files: [String]
    package let hunks: [Hunk]

    /// Reads a patch as git and diff write it; what stands around the diffs is skipped.
    package init(_ text: String) {
        var reader = PatchReader()
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            reader.take(line)
        }
        reader.closeHunk()
        files = reader.files
        hunks = reader.hunks
    }

    /// The hunk that `git apply` refuses with `error: patch failed: FILE:LINE`.
    package func hunk(refusedIn words: String) -> Hunk? {
        for line in words.split(separator: "\n") {
            guard let place = line.firstRange(of: "patch failed: ") else { continue }
            let parts = line[place.upperBound...].split(separator: ":")
            guard parts.count == 2, let number = Int(parts[1]) else { continue }
            return hunks.first { $0.file == parts[0] && $0.line == number }
        }
        return nil
    }
}

/// Reads a patch line by line.
private struct PatchReader {
    var files: [String] = []
    var hunks: [PatchText.Hunk] = []
    private var file = ""
    private var begun: (line: Int, lines: [Substring])?
    /// How many lines of the file before and after the open hunk still has.
    private var left = (before: 0, after: 0)

    mutating func take(_ line: Substring) {
        if begun != nil, left.before > 0 || left.after > 0 { return takeHunk(line) }
        closeHunk()
        if line.hasPrefix("@@ -") { return open(line) }
        for mark in ["--- ", "+++ ", "rename from ", "rename to "] where line.hasPrefix(mark) {
            name(line.dropFirst(mark.count), isPath: mark.hasPrefix("rename"))
        }
        if line.hasPrefix("diff --git ") { nameBoth(line.dropFirst("diff --git ".count)) }
    }

    mutating func closeHunk() {
        guard let begun else { return }
        hunks.append(
            PatchText.Hunk(
                file: file, line: begun.line, text: begun.lines.joined(separator: "\n")))
        self.begun = nil
    }

    private mutating func takeHunk(_ line: Substring) {
        begun?.lines.append(line)
        switch line.first {
        case "-": left.before -= 1
        case "+": left.after -= 1
        case "\\": break
        default: left = (left.before - 1, left.after - 1)
        }
    }

    /// Reads `@@ -12,7 +12,8 @@ function`.
    private mutating func open(_ header: Substring) {
        let words = header.split(separator: " ")
        guard words.count >= 3, let before = Self.span(words[1]), let after = Self.span(words[2])
        else { return }
        begun = (before.line, [header])
        left = (before.count, after.count)
    }

    private static func span(_ word: Substring) -> (line: Int, count: Int)? {
        let numbers = word.dropFirst().split(separator: ",").map { Int($0) }
        guard let line = numbers.first ?? nil else { return nil }
        return (line, numbers.count > 1 ? numbers[1] ?? 0 : 1)
    }

    private mutating func name(_ path: Substring, isPath: Bool) {
        let path = path.prefix { $0 != "\t" }
        guard path != "/dev/null" else { return }
        add(isPath ? path : path.split(separator: "/", maxSplits: 1).last ?? path)
    }

    /// `a/PATH b/PATH`: the only line that names a file whose mode alone changes.
    private mutating func nameBoth(_ names: Substring) {
        for word in names.split(separator: " ") where word.hasPrefix("a/") || word.hasPrefix("b/") {
            add(word.dropFirst(2))
        }
    }

    private mutating func add(_ path: Substring) {
        file = String(path)
        if !files.contains(file) { files.append(file) }
    }
}
