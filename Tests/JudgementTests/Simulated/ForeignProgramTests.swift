// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import Testing
import Vocabulary

extension Story {
    /// Adds that a foreign program ran and what it printed.
    mutating func run(
        printing text: String, ending: ProgramRecord.Ending = .exited(status: 0),
        measures: [MeasureName: MeasureUnit] = [:]
    ) {
        let program = ForeignProgram(
            origin: .source("check.c"), milliseconds: 5_000, measures: measures)
        record.program = ProgramRecord(
            program: program, hash: "00", arguments: [], ending: ending, milliseconds: 20)
        record.texts.removeAll { $0.source == .programOutput }
        record.texts.append(RawText(source: .programOutput, file: "program.txt", text: text))
    }
}

@Suite("What a foreign program says")
struct ForeignProgramTests {
    private func verdict(
        _ text: String, _ ending: ProgramRecord.Ending = .exited(status: 0)
    ) throws -> Verdict {
        var story = try Scene([]).play()
        story.run(printing: text, ending: ending)
        return story.judgement().verdict
    }

    private func fault(
        _ text: String, _ ending: ProgramRecord.Ending = .exited(status: 0)
    ) throws -> Fault? {
        if case .inconclusive(let fault) = try verdict(text, ending) { fault } else { nil }
    }

    @Test("Its tests are cases inside of the case")
    func subcases() throws {
        var story = try Scene([]).play()
        story.run(printing: "1..3\nok 1 a\nok 2 b # SKIP no card\nok 3 c # XFAIL old\n")
        let judgement = story.judgement()
        #expect(judgement.verdict == .agrees)
        #expect(judgement.tests.map(\.name) == ["a", "b", "c"])
        #expect(judgement.tests[1].outcome == .skipped(reason: "no card"))
    }

    @Test("A test that fails is a finding of its own kind, with the lines before it")
    func failure() throws {
        let text = "1..2\nok 1 a\n# check.c:12: expected 3, got 4\nnot ok 2 b\n"
        guard case .differs(let findings) = try verdict(text, .exited(status: 1)) else {
            Issue.record("a failed test was overlooked")
            return
        }
        #expect(findings.map(\.kind) == [.foreign])
        #expect(findings.first?.invariant == .foreign(1))
        #expect(findings.first?.subject == "check.c: b")
        #expect(findings.first?.lines.map(\.number) == [3, 4])
    }

    @Test("Of what it states, the lowest and the highest of each declared name are kept")
    func measures() throws {
        let rate = try #require(MeasureName("rate"))
        let nap = try #require(MeasureName("nap"))
        let text = """
            1..1
            # rate: 12 MB/s
            # rate: 3 MB/s
            # rate: 7 MB/s
            # rate: 1 kB/s
            # nap: 12.5 us
            # other: 5
            ok 1 a

            """
        var story = try Scene([]).play()
        story.run(printing: text, measures: [rate: .word("MB/s"), nap: .time])
        let judgement = story.judgement()
        #expect(judgement.verdict == .agrees)
        #expect(
            judgement.measures.map { "\($0.measure) \($0.value) \($0.place)" } == [
                "rate 3 MB/s program.txt:3", "rate 12 MB/s program.txt:2",
                "nap 12.5 µs program.txt:6",
            ])
        #expect(judgement.readings == judgement.measures)
        var silent = try Scene([]).play()
        silent.run(printing: text)
        #expect(silent.judgement().measures.isEmpty)
    }

    @Test("Without KTAP the exit status is all that it says")
    func statusAlone() throws {
        #expect(try verdict("all well\n") == .agrees)
        guard case .differs(let findings) = try verdict("oh\n", .exited(status: 3)) else {
            Issue.record("status 3 was overlooked")
            return
        }
        #expect(findings.first?.observed == "exit status 3")
        #expect(try fault("", .exited(status: 4))?.kind == .suite)
        #expect(try fault("", .exited(status: 127))?.account.cause.contains("started") == true)
    }

    @Test(
        "What keeps its results from being known is nobody's verdict",
        arguments: [
            ("1..2\nok 1 a\n", ProgramRecord.Ending.exited(status: 0), FaultKind.suite),
            ("1..1\nok 1 a\n", .killed(signal: "SEGV"), .suite),
            ("1..1\nok 1 a\n", .overran(isStillThere: false), .suite),
            ("1..1\nok 1 a\n", .overran(isStillThere: true), .kernel),
            ("1..1\nok 1 a\n", .printedTooMuch(limit: .mebibytes(1)), .suite),
            ("1..1\nok 1 a\n", .neverRan, .harness),
            ("1..1\nok 1 a\n", .exited(status: 1), .suite),
            ("1..1\nok 1 a # SKIP no card\n", .exited(status: 0), .suite),
            ("1..0 # SKIP no card\n", .exited(status: 4), .suite),
        ])
    func unknown(
        _ text: String, _ ending: ProgramRecord.Ending, _ kind: FaultKind
    ) throws {
        #expect(try fault(text, ending)?.kind == kind)
    }

    @Test("A kernel that complains while it runs differs, whatever the program says")
    func trouble() throws {
        var story = try Scene([]).play()
        story.run(printing: "1..1\nok 1 a\n")
        story.rewrite(.log) { $0 + "[    9.000000] WARNING: CPU: 0 PID: 7 at kernel/irq/msi.c:9\n" }
        guard case .differs(let findings) = story.judgement().verdict else {
            Issue.record("the kernel's warning was overlooked")
            return
        }
        #expect(findings.map(\.invariant) == [.log(1)])
    }
}
