// SPDX-License-Identifier: GPL-3.0-or-later

import Judgement
import Reports
import ResultArchive
import Testing
import Vocabulary

@Suite("The matrix of mutants as people see it")
struct MutantTableTests {
    private func record(
        _ name: String, _ intended: [InvariantID], _ broken: [[InvariantID]]
    ) throws -> MutantRecord {
        let names = ["virt-its", "virt-v2m"]
        return MutantRecord(
            name: try #require(KernelName(name)), base: try #require(KernelName("small-6.1")),
            suite: try #require(SuiteName("smoke")), intended: intended,
            boards: try zip(names, broken).map { name, broken in
                MutantTrial(
                    board: try #require(BoardName(name)), word: broken.isEmpty ? .agrees : .differs,
                    broken: broken, kernel: nil, fault: nil)
            }, compileTook: .seconds(20), runTook: .seconds(30))
    }

    private func matrix() throws -> MutantMatrix {
        MutantMatrix(
            mutants: [
                try record("a", [.msi(4)], [[.msi(1), .msi(4)], [.msi(1), .msi(4)]]),
                try record("b", [.msi(7)], [[.msi(7)], [.call(1)]]),
                try record("equivalent-c", [], [[], []]),
            ], tookMilliseconds: 90_000, known: 0, wasInterrupted: false)
    }

    @Test("What was meant to fall is marked, and boards are told apart only where they differ")
    func table() throws {
        #expect(
            MutantTable.text(try matrix(), ink: .plain) == """
                mutant        outcome           kernel     suite  what fell                              compiled in  ran for
                a             caught            small-6.1  smoke  INV-01 [INV-04]                             20.0 s   30.0 s
                b             caught otherwise  small-6.1  smoke  virt-its: [INV-07]; virt-v2m: CALL-01       20.0 s   30.0 s
                equivalent-c  quiet             small-6.1  smoke  nothing                                     20.0 s   30.0 s

                3 kernels: 1 caught, 1 caught otherwise, 1 quiet; 2 min 30 s of work, the compiler 40%; 90.0 s

                """)
    }

    @Test("The progress of a file has a line for each mutant, that of a terminal a last line too")
    func progress() throws {
        let record = try record("a", [.msi(4)], [[.msi(4)]])
        let name = record.name
        var plain = MutantProgress(of: 2, columns: nil, ink: .plain)
        #expect(plain.compiles(name, objects: 3, current: "a.o") == "")
        #expect(
            plain.ends(record, wasKnown: false)
                == "1/2  a  caught  (virt-its: INV-04)  compiled in 20.0 s, ran for 30.0 s\n")
        var live = MutantProgress(of: 2, columns: 60, ink: .plain)
        #expect(
            live.compiles(name, objects: 3, current: "a.o") == "0/2  compiling a: 3 objects, a.o")
        let board = try #require(BoardName("b"))
        #expect(
            live.runs(name, .boardBooting(board: board))
                == "\r\u{1b}[2K0/2  compiling a: 3 objects, a.o  |  a on b boots")
        #expect(live.finish() == "\r\u{1b}[2K")
    }
}
