// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Foundation
import Testing
import Vocabulary

@Suite("Numbers that programs state")
struct StatedMeasureTests {
    private func stated(_ line: String) -> StatedMeasure? {
        StatedMeasure(RawLine(file: "program.txt", number: 1, text: line))
    }

    @Test(
        "A diagnostic line with a name and a number is one, indented or not",
        arguments: [
            ("# nap: 12.5 us", "nap", "12.5 µs"), ("#nap:7", "nap", "7"),
            ("    # crc32_benchmark: 4096 MB/s", "crc32_benchmark", "4096 MB/s"),
            ("\t# steps: 3 \r", "steps", "3"),
        ])
    func lines(_ line: String, _ name: String, _ value: String) throws {
        let found = try #require(stated(line))
        #expect(found.name.text == name && "\(found.value)" == value)
    }

    @Test(
        "What else stands on such lines is none",
        arguments: [
            "", "#", "# ", ":", "#:", "# nap:", "# : 5", "nap: 5", "ok 1 # nap: 5",
            "# check.c:12: expected 3, got 4", "# two words: 5", "# suite.speed: slow",
            "# nap: 5 6",
            "# nap: five", "# nap: 0x10", "# a: \u{1b}[31m5",
        ])
    func others(_ line: String) { #expect(stated(line) == nil) }

    @Test("A kernel's own test that measures nothing states none")
    func recorded() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(components: "Fixtures", "KTAP", "eventfd_test.txt")
        let text = try String(contentsOf: path, encoding: .utf8)
        for line in text.split(separator: "\n") { #expect(stated(String(line)) == nil, "\(line)") }
    }

    @Test("Garbage is none, or has a name and a finite number")
    func garbage() {
        var random = SplitMix(seed: 2016)
        let letters = Array("# :.-0129aunsMB/\t\u{1b}µ")
        for _ in 0..<20_000 {
            let line = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                letters.randomElement(using: &random) ?? " "
            }
            guard let found = stated(String(line)) else { continue }
            #expect(found.value.amount.isFinite && !found.name.text.isEmpty, "\(String(line))")
        }
    }
}
