// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import SystemPackage
import Testing
import Vocabulary

@Suite("A suite file is read")
struct SuiteReaderTests {
    @Test("Every step arrives as it was written")
    func everyStep() throws {
        let text = suite(steps: [
            "open: c", "attach: {device: a, to: c}", "map: {in: c, at: 0x0, size: 2MiB}",
            "map: {in: c, at: 0x08000000 - 1page, size: 2pages}",
            "unmap: {in: c, at: 0x0 + 3pages, size: 1KiB + 1page}",
            "arm: {device: a, kind: msi, vectors: 4}", "ring: {device: a, vector: 3, count: 10}",
            "disarm: a", "reset: a", "detach: a", "allow-unsafe-interrupts: true", "close: c",
        ])
        let steps = try Suite(SourceText(file: "x.yaml", text: text)).cases[0].steps
        #expect(
            steps.map(\.description) == [
                "open c", "attach a to c", "map 2MiB at 0x00000000 in c",
                "map 2pages at 0x08000000 - 1page in c",
                "unmap 1KiB + 1page at 0x00000000 + 3pages in c", "arm a msi × 4",
                "ring a vector 3 × 10", "disarm a", "reset a", "detach a",
                "allow unsafe interrupts: true", "close c",
            ])
    }

    @Test("What is left out has its default")
    func defaults() throws {
        let text = suite(steps: [
            "open: c", "attach: {device: a, to: c}", "arm: {device: a, kind: intx}",
            "ring: {device: a}",
        ])
        let found = try Suite(SourceText(file: "x.yaml", text: text)).cases[0]
        #expect(!found.unsafeInterruptsAllowed)
        let a = try #require(DeviceName("a"))
        #expect(found.steps[2] == .arm(device: a, kind: .intx, vectors: 1))
        #expect(found.steps[3] == .ring(device: a, vector: VectorIndex(rawValue: 0), count: 1))
        #expect(found.devices[a] == DeviceRequirement(kind: .edu))
    }

    @Test("The short and the long form of a device mean the same")
    func deviceForms() throws {
        let short = suite(steps: ["open: c"], devices: "{a: nvme}")
        let long = suite(steps: ["open: c"], devices: "{a: {kind: nvme}}")
        let suites = try [short, long].map { try Suite(SourceText(file: "x", text: $0)) }
        #expect(suites[0] == suites[1])
    }

    @Test("All complaints of a file come at once, in the order of the file")
    func allAtOnce() {
        let text = """
            name: s s
            sumary: A suite
            cases:
              - name: c
                summary: A case
                devices: {a: edo}
                steps:
                  - open: c
                  - map: {in: c, at: 0x0, size: 4096}
                  - arm: {device: a, kind: msy, vectors: 0}
              - name: c
                summary: Again
                devices: {}
                steps: []
            """
        #expect(
            complaints(inSuite: text) == [
                "x.yaml:1:1: error: the key 'summary' is missing",
                "x.yaml:1:7: error: 's s' is no name; write at most 100 letters, digits, '.', '_' "
                    + "and '-', beginning with a letter or digit",
                "x.yaml:2:1: error: unknown key 'sumary'; did you mean 'summary'?",
                "x.yaml:6:18: error: 'edo' is not known here; did you mean 'edu'?",
                "x.yaml:9:37: error: the unit is missing: write 4096B, 4KiB or 1page instead of "
                    + "4096",
                "x.yaml:10:32: error: 'msy' is not known here; did you mean 'msi'?",
                "x.yaml:10:46: error: 0 is out of bounds; write a number from 1 to 2048",
                "x.yaml:11:11: error: a case named 'c' stands on line 4 already; give each its own "
                    + "name",
                "x.yaml:13:14: error: the case asks for no device; name at least one",
                "x.yaml:14:12: error: the case has no steps; write at least one",
            ])
    }

    @Test("A suite cannot say what must be seen", arguments: ["expect", "errno", "must-fail"])
    func expectation(_ word: String) {
        let sentence =
            "error: a suite says what to do and never what must be seen: the reference model "
            + "derives that from the steps, for every generation of kernel; remove '\(word)'"
        let inStep = complaints(
            inSuite: suite(steps: ["open: c", "map: {in: c, at: 0x0, size: 1page, \(word): EPERM}"])
        )
        #expect(inStep == ["x.yaml:9:44: \(sentence)"])
        let asStep = complaints(inSuite: suite(steps: ["open: c", "\(word): EPERM"]))
        #expect(asStep == ["x.yaml:9:9: \(sentence)"])
    }

    @Test("Two things in one step are two steps")
    func twoInOne() {
        let text = suite(steps: ["open: c\n        close: c"])
        #expect(
            complaints(inSuite: text) == [
                "x.yaml:8:9: error: a step does one thing, and this does 'open' and 'close'; "
                    + "write two list items"
            ])
    }

    @Test("A key beside its step instead of in it is explained")
    func besideTheStep() {
        let text = suite(steps: ["ring:\n        device: a"])
        #expect(
            complaints(inSuite: text).contains { $0.contains("indent it to stand in the step") })
    }

    @Test("The smoke suite has the cases of the first verdict, each on devices that it declares")
    func smoke() throws {
        let suite = try Suite(SourceText(path: repository.appending(path: "Suites/smoke.yaml")))
        #expect(
            suite.cases.map(\.name.text) == [
                "one-vector", "two-devices", "armed-beside", "reserved-window", "disarm-arm",
                "close-open", "unsafe-interrupts",
            ])
        let rung = suite.cases[0].steps.compactMap { step in
            if case .ring(_, _, let count) = step { count } else { nil }
        }
        #expect(rung == [1000])
        #expect(suite.cases.count { !$0.unsafeInterruptsAllowed } == 1)
    }
}
