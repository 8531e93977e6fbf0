// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Testing

@Suite("YAML that cannot be used")
struct DocumentTests {
    @Test(
        "An empty file is said to be empty", arguments: ["", "\n\n", "# only a comment\n", "---\n"])
    func empty(_ text: String) {
        #expect(complaints(inSuite: text) == ["x.yaml:1:1: error: the file is empty"])
    }

    @Test("Text that is no YAML is named with its place")
    func syntax() {
        let found = complaints(inSuite: "name: s\ncases: [a, b\nsummary: x\n")
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("x.yaml:3:") == true, "\(found)")
        #expect(found.first?.contains("error: not YAML: ") == true, "\(found)")
    }

    @Test("A second document is refused")
    func secondDocument() {
        let found = complaints(inSuite: "name: s\n---\nname: t\n")
        #expect(found.first?.contains("another document") == true, "\(found)")
    }

    @Test("A key that stands twice is named with its place")
    func duplicateKey() {
        #expect(
            complaints(inSuite: "name: s\nsummary: x\nname: t\ncases: []\n") == [
                "x.yaml:1:1: error: key 'name' stands more than once in this mapping; keep one"
            ])
    }

    @Test("Aliases of aliases are refused before they unfold", .timeLimit(.minutes(1)))
    func aliasBomb() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...12 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        let asKey = text + "? *a12\n: x\n"
        for text in [text, asKey] {
            #expect(
                complaints(inSuite: text) == [
                    "x.yaml:1:1: error: the aliases of this file could unfold to over 100000 "
                        + "values; write the values out"
                ])
        }
    }

    @Test("A few aliases are no bomb")
    func aliases() {
        let text = suite(
            steps: ["open: c", "attach: {device: &d a, to: c}", "arm: {device: *d, kind: msi}"])
        #expect(complaints(inSuite: text).isEmpty)
    }

    @Test("A wrong value behind an alias is complained of once, where it stands")
    func wrongAlias() {
        let text = suite(steps: ["open: c", "map: &m {in: c, at: 5, size: 1page}", "unmap: *m"])
        let found = complaints(inSuite: text)
        #expect(found.count == 1, "\(found)")
    }

    @Test("Very deep nesting ends in a complaint", arguments: ["[", "{a: ", "- "])
    func deep(_ opening: String) {
        let text = String(repeating: opening, count: 100_000)
        #expect(complaints(inSuite: text).count == 1)
    }

    @Test("What stands at the top must be a mapping", arguments: ["- a\n", "hello\n", "12\n"])
    func notMapping(_ text: String) {
        let found = complaints(inSuite: text)
        #expect(found.first?.contains("a mapping is wanted here") == true, "\(found)")
    }

    @Test("Every beginning of a good file is read or refused, and never harms")
    func beginnings() throws {
        let text = try SourceText(path: repository.appending(path: "Suites/smoke.yaml")).text
        for length in stride(from: 0, to: text.count, by: 7) {
            _ = complaints(inSuite: String(text.prefix(length)))
        }
    }
}
