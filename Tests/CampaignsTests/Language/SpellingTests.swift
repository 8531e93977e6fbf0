// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Testing

@Suite("Suggestions")
struct SpellingTests {
    @Test(
        "A misspelt key is answered with the nearest known one",
        arguments: [
            ("stpes", "steps"), ("Steps", "steps"), ("step", "steps"), ("device", "devices"),
            ("sumary", "summary"), ("allow_unsafe_interrupts", "allow-unsafe-interrupts"),
        ])
    func nearest(_ word: String, _ meant: String) {
        let found = complaints(inSuite: "name: s\nsummary: x\ncases:\n  - \(word): 1\n")
        #expect(
            found.contains("x.yaml:4:5: error: unknown key '\(word)'; did you mean '\(meant)'?"),
            "\(found)")
    }

    @Test("A word that resembles none is answered with the list")
    func none() {
        let found = complaints(inSuite: "name: s\nsummary: x\ncases: []\nzebra: 1\n")
        #expect(
            found.contains(
                "x.yaml:4:1: error: unknown key 'zebra'; known are name, summary, cases, boot"))
    }

    @Test("What is quoted cannot disturb a terminal")
    func control() {
        let found = complaints(inSuite: "\"na\\u001b[31mme\": s\n")
        #expect(!found.joined().contains("\u{1b}"))
        #expect(found.contains { $0.contains("may not hold control characters") }, "\(found)")
    }
}
