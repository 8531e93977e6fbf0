// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Foundation
import Testing

/// `eventfd_test.txt` is what a kernel's own test printed, unmodified: tools/testing/selftests/
/// filesystems/eventfd of 6.12.117.
@Suite("KTAP of foreign programs")
struct KTAPTests {
    private func read(_ text: String) -> KTAPReport {
        KTAPReport(RawText(source: .programOutput, file: "program.txt", text: text))
    }

    private static func recorded() throws -> String {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(components: "Fixtures", "KTAP", "eventfd_test.txt")
        return try String(contentsOf: path, encoding: .utf8)
    }

    private static let nested = """
        KTAP version 1
        1..2
          KTAP version 1
          1..2
            KTAP version 1
            1..1
            # test_1: initializing
            ok 1 test_1
          ok 1 example_test_1
          # it went wrong
          not ok 2 example_test_2
        # outer
        not ok 1 example
        ok 2 - main # comment of its own
        """ + "\n"

    @Test("A kernel's own test is read whole")
    func kernelTest() throws {
        let report = read(try Self.recorded())
        #expect(report.flaws.isEmpty)
        #expect(report.results.count == 9)
        #expect(report.results.allSatisfy { $0.outcome == .passed })
        #expect(report.results[3].name == "global.eventfd_chek_flag_cloexec_and_nonblock")
        #expect(report.results[0].diagnostics.count == 3)
        #expect(report.trailing.map(\.text).last?.hasPrefix("# Totals: pass:9") == true)
    }

    @Test("Tests inside of tests stand under the one that tells their result")
    func nesting() {
        let report = read(Self.nested)
        #expect(report.flaws.isEmpty)
        #expect(report.results.map(\.name) == ["example", "main # comment of its own"])
        #expect(report.results[0].subtests.map(\.name) == ["example_test_1", "example_test_2"])
        #expect(report.results[0].subtests[0].subtests.map(\.name) == ["test_1"])
        #expect(
            report.leaves.map(\.name) == [
                "example / example_test_1 / test_1", "example / example_test_2",
                "main # comment of its own",
            ])
        #expect(report.leaves[1].result.diagnostics.map(\.text) == ["  # it went wrong"])
    }

    @Test("A test that fails although all inside of it pass is a failure of its own")
    func outerFailure() {
        let report = read("1..1\n    1..1\n    ok 1 inner\nnot ok 1 outer\n")
        let failed = report.leaves.filter { $0.result.outcome == .failed }
        #expect(failed.map(\.name) == ["outer"])
    }

    @Test(
        "Directives decide",
        arguments: [
            ("ok 1 a # SKIP no hardware", KTAPResult.Outcome.skipped(reason: "no hardware")),
            ("not ok 1 a # skip", .skipped(reason: "")),
            ("not ok 1 a # todo later", .failedAsKnown(reason: "later")),
            ("ok 1 a # todo later", .passed),
            ("ok 1 a # XFAIL known", .failedAsKnown(reason: "known")),
            ("not ok 1 a # XFAIL known", .failedAsKnown(reason: "known")),
            ("not ok 1 a # TIMEOUT 45 seconds", .failed),
            ("not ok 1 a # ERROR", .failed),
            ("ok 1 a # XPASS", .passed),
            ("not ok 1 a # exit=1", .failed),
            ("ok 1 a #SKIPPING stones", .passed),
            ("ok", .passed), ("not ok", .failed),
        ])
    func directives(_ line: String, _ outcome: KTAPResult.Outcome) {
        let report = read("1..1\n\(line)\n")
        #expect(report.results.map(\.outcome) == [outcome])
        #expect(report.flaws.isEmpty)
    }

    @Test("A test that kselftest.h skips has its reason for a name")
    func namelessSkip() {
        let report = read("TAP version 13\n1..2\nok 1 # SKIP needs root\nok 2 b\n")
        #expect(report.results.map(\.name) == ["needs root", "b"])
    }

    @Test("A whole program can be skipped")
    func skipAll() {
        let report = read("TAP version 13\n1..0 # SKIP no /dev/iommu\n")
        #expect(report.skipped == "no /dev/iommu")
        #expect(report.flaws.isEmpty && report.results.isEmpty && !report.isEmpty)
    }

    @Test(
        "What keeps results from being known is a flaw",
        arguments: [
            ("TAP version 13\nok 1 a\n", KTAPFlaw.Kind.noPlan),
            ("TAP version 13\n", .noPlan),
            ("1..3\nok 1 a\nok 2 b\n", .wrongCount),
            ("1..1\nok 1 a\nok 2 b\n", .wrongCount),
            ("1..2\nok 1 a\nok 3 b\n", .wrongNumber),
            ("1..2\nok 2 a\nok 1 b\n", .wrongNumber),
            ("1..1\n1..1\nok 1 a\n", .secondPlan),
            ("1..1\nok 1 a\nBail out! no memory\n", .bailedOut),
            ("1..1\nok 1 a", .cutOff),
            ("1..1\n  1..1\n  ok 1 inner\n", .cutOff),
        ])
    func flaws(_ text: String, _ kind: KTAPFlaw.Kind) {
        #expect(read(text).flaws.map(\.kind).contains(kind))
    }

    @Test("A plan may stand behind the results, and lines that are no KTAP anywhere")
    func lateAndLoud() {
        let report = read("[   12.3] vfio-pci: hello\nok 1 a\nokay\nnot okay\nok 2 b\n1..2\n")
        #expect(report.flaws.isEmpty)
        #expect(report.results.map(\.name) == ["a", "b"])
        #expect(report.results[1].diagnostics.map(\.text) == ["okay", "not okay"])
    }

    @Test("A program that prints no KTAP has printed none")
    func none() {
        #expect(read("").isEmpty)
        #expect(read("hello\nworld\n").isEmpty)
        #expect(read("hello\nworld\n").trailing.map(\.text) == ["hello", "world"])
    }

    @Test("Each split of a text gives the same report")
    func splits() throws {
        for text in [try Self.recorded(), Self.nested] {
            let bytes = Array(text.utf8)
            let whole = read(text)
            for cut in 0...bytes.count {
                var reader = KTAPReader(file: "program.txt")
                reader.feed(bytes[..<cut])
                reader.feed(bytes[cut...])
                #expect(reader.finish() == whole)
            }
        }
    }

    @Test("Each truncation is answered, and never with more than was told")
    func truncations() throws {
        let bytes = Array(Self.nested.utf8)
        let all = read(Self.nested).leaves.count
        for cut in 0..<bytes.count {
            let report = read(String(decoding: bytes[..<cut], as: UTF8.self))
            #expect(report.leaves.count <= all)
            #expect(report.isEmpty || !report.flaws.isEmpty, "cut at \(cut)")
        }
    }

    @Test("Garbage is answered, and bounded")
    func garbage() {
        var random = SystemRandomNumberGenerator()
        let words = [
            "ok", "not ok", "1..", "#", "SKIP", " ", "  ", "\n", "\n", "7", "\u{0}", "é",
            "Bail out!",
        ]
        for _ in 0..<300 {
            let count = Int.random(in: 1...60, using: &random)
            let text = (0..<count).map { _ in words.randomElement(using: &random) ?? "" }.joined()
            #expect(read(text).leaves.count <= count)
        }
        let deep = (0..<200).map { String(repeating: " ", count: $0) + "ok 1 a" }
        #expect(read(deep.joined(separator: "\n") + "\n").flaws.contains { $0.kind == .tooDeep })
        let chatty = String(repeating: "# x\n", count: 5000) + "1..1\nok 1 a\n"
        #expect(read(chatty).results.first?.diagnostics.count == 100)
    }

    @Test("A program that tells without end is cut short, and that is a flaw")
    func endless() {
        let report = read(String(repeating: "ok 7\n", count: 30_000))
        #expect(report.leaves.count == 20_000 && report.flaws.count == 100)
        #expect(report.leaves.last?.name == "test 7")
        let clean = read(String(repeating: "ok\n", count: 20_001))
        #expect(clean.flaws.map(\.kind).contains(.tooMany))
        #expect(clean.leaves.last?.name == "test 20000")
    }
}
