// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Testing
import Vocabulary

@Suite("A foreign program of a case is read")
struct ProgramReaderTests {
    private func text(_ program: String, devices: String? = "{a: edu}") -> String {
        """
        name: s
        summary: A suite
        cases:
          - name: c
            summary: A case
        """ + (devices.map { "\n    devices: \($0)" } ?? "") + "\n    program: \(program)\n"
    }

    @Test("All of it arrives as it was written")
    func whole() throws {
        let written = text(
            "{source: P/a.c, arguments: [-v, {device: a}, {group: a}], environment: {KEY: v}, "
                + "deadline: 5s, measures: {nap: us, rate: MB/s, steps: number}}")
        let entry = try Suite(SourceText(file: "x.yaml", text: written)).cases[0]
        let a = try #require(DeviceName("a"))
        let names = try ["nap", "rate", "steps"].map { try #require(MeasureName($0)) }
        #expect(
            entry.program
                == ForeignProgram(
                    origin: .source("P/a.c"), arguments: [.text("-v"), .device(a), .group(a)],
                    environment: ["KEY": "v"], milliseconds: 5_000,
                    measures: [names[0]: .time, names[1]: .word("MB/s"), names[2]: .word("")]))
        #expect(entry.measures.count == 3)
        #expect(entry.steps.isEmpty)
    }

    @Test("A program needs no device, and has a minute")
    func defaults() throws {
        let written = text(
            "{kernel-source: {package: linux-source-6.12, file: tools/testing/selftests/a/b.c}}",
            devices: nil)
        let entry = try Suite(SourceText(file: "x.yaml", text: written)).cases[0]
        let package = try #require(DebianPackage(pattern: "linux-source-6.12"))
        #expect(
            entry.program?.origin
                == .kernelSource(package: package, file: "tools/testing/selftests/a/b.c"))
        #expect(entry.devices.isEmpty && entry.program?.patience == .seconds(60))
    }

    @Test(
        "What is wrong is told",
        arguments: [
            ("{arguments: [a]}", "a program comes from a 'file', a 'source' or a 'kernel-source'"),
            ("{file: a, source: b.c}", "name one of them"),
            ("{file: ../a}", "leads out of its folder"),
            ("{file: /bin/sh}", "leads out of its folder"),
            ("{source: a.cpp}", "a C file is wanted here"),
            ("{kernel-source: {package: linux-source-6.12, file: kernel/a.c}}", "selftests/"),
            ("{kernel-source: {package: '-x', file: tools/testing/selftests/a.c}}", "no name of a"),
            ("{file: a, arguments: [{device: b}]}", "the case has no device 'b'"),
            ("{file: a, arguments: [{device: a, group: a}]}", "an argument is text"),
            ("{file: a, environment: {DOORBELL_X: 1}}", "leave those that begin with DOORBELL_"),
            ("{file: a, deadline: 5}", "the unit is missing"),
            ("{file: a, measures: {latency-p99: us}}", "what steps of traffic measure"),
            ("{file: a, measures: {a b: us}}", "is no name"),
            ("{file: a, measures: {a: M B}}", "is no unit"),
            ("{file: a, measures: [a]}", "a mapping is wanted"),
            ("{file: a, expect: ok}", "never what must be seen"),
        ])
    func wrong(_ program: String, _ part: String) {
        let all = complaints(inSuite: text(program))
        #expect(all.count == 1 && all[0].contains(part), "\(all)")
    }

    @Test("A case has steps or a program")
    func both() {
        let written = text("{file: a}") + "    steps: [{open: c}]\n"
        #expect(complaints(inSuite: written).count == 1)
    }
}
