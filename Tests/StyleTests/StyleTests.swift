// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

/// What the formatter cannot check: lengths, documentation, licences, and what must not be said.
@Suite struct StyleTests {
    @Test func `no function is longer than sixty lines`() throws {
        let long = try SourceFile.all().flatMap { file in
            file.functions.filter { $0.length > 60 }.map { "\(file.name):\($0.line) \($0.length)" }
        }
        #expect(long == [])
    }

    @Test func `no file is longer than 450 lines`() throws {
        let long = try SourceFile.all().filter { $0.lines.count > 450 }.map(\.name)
        #expect(long == [])
    }

    @Test func `what another module sees is documented`() throws {
        let silent = try SourceFile.all().filter { $0.name.hasPrefix("Sources/") }.flatMap { file in
            file.undocumented.map { "\(file.name):\($0)" }
        }
        #expect(silent == [])
    }

    @Test func `every file names its licence first`() throws {
        let nameless = try SourceFile.all().filter { file in
            !file.lines.prefix(2).contains("// SPDX-License-Identifier: GPL-3.0-or-later")
        }
        #expect(nameless.map(\.name) == [])
    }

    @Test func `nothing is left unfinished or forced without a reason`() throws {
        let marks = ["TO" + "DO", "FIX" + "ME", "X" + "XX "]
        let forced = [
            "tr" + "y!", " a" + "s!", "fatal" + "Error(", "@unchecked" + " Sendable",
            "nonisolated(" + "unsafe)",
        ]
        let found = try SourceFile.all().flatMap { file in
            file.lines.indices.filter { index in
                let line = file.lines[index]
                let isUnfinished = marks.contains { line.contains($0) }
                let isForced = forced.contains { SourceFile.bare(line).contains($0) }
                let hasReason = index > 0 && file.lines[index - 1].contains("//")
                return isUnfinished || (isForced && !hasReason)
            }.map { "\(file.name):\($0 + 1)" }
        }
        #expect(found == [])
    }

    @Test func `the measure itself sees what it should`() {
        let file = SourceFile(
            name: "x",
            text: "package func a() {\n  if b {\n  }\n}\n/// Says.\npackage struct C {}\n")
        #expect(file.functions.map(\.length) == [4])
        #expect(file.undocumented == [1])
    }
}
