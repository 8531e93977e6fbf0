// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import SystemPackage
import Testing
import Vocabulary

@Suite("What a command line names is chosen")
struct SelectionTests {
    private func lab() throws -> Lab {
        try Lab(SourceText(path: repository.appending(path: "Labs/virtual.yaml")))
    }

    private func order(_ text: String, file: String = "x.yaml") throws -> SuiteOrder {
        let source = try SourceText(file: file, text: text)
        let suite = try Vocabulary.Suite(source)
        return SuiteOrder(suite: suite, source: source, cases: suite.cases)
    }

    private func smoke() throws -> SuiteOrder {
        let source = try SourceText(path: repository.appending(path: "Suites/smoke.yaml"))
        let suite = try Vocabulary.Suite(source)
        return SuiteOrder(suite: suite, source: source, cases: suite.cases)
    }

    @Test("Boards by name, each once, in the order asked for; all where none is named")
    func boards() throws {
        let all = try Selection.boards(named: [], in: lab())
        #expect(all.map(\.name.text) == ["virt-v2m", "virt-its"])
        let chosen = try Selection.boards(named: ["virt-its", "virt-v2m", "virt-its"], in: lab())
        #expect(chosen.map(\.name.text) == ["virt-its", "virt-v2m"])
    }

    @Test("A board that is not there is the command line's fault, with a guess")
    func unknownBoard() throws {
        let error = #expect(throws: UnknownName.self) {
            try Selection.boards(named: ["virt-itz"], in: lab())
        }
        #expect(error?.kind == .suite)
        #expect(error?.description.contains("Did you mean 'virt-its'?") == true)
    }

    @Test("Cases by their own name or with their suite's; suites without one are left out")
    func cases() throws {
        let orders = [try smoke(), try order(suite(steps: ["open: c", "close: c"]))]
        let one = try Selection.cases(named: ["one-vector"], in: orders)
        #expect(one.map { $0.cases.map(\.name.text) } == [["one-vector"]])
        let full = try Selection.cases(named: ["s/c", "smoke/two-devices"], in: orders)
        #expect(full.map { $0.cases.map(\.name.text) } == [["two-devices"], ["c"]])
        #expect(try Selection.cases(named: [], in: orders).map(\.cases.count) == [7, 1])
    }

    @Test("A case that no suite has is named, with the nearest one", arguments: ["one-vectr", "c"])
    func unknownCase(name: String) throws {
        let error = #expect(throws: UnknownName.self) {
            try Selection.cases(named: [name], in: [smoke()])
        }
        #expect(error?.description.contains("'\(name)'") == true)
        if name != "c" {
            #expect(error?.description.contains("Did you mean 'one-vector'?") == true)
        }
    }

    @Test("A suite given twice is run once; two suites of one name are refused")
    func twins() throws {
        #expect(try Selection.distinct([smoke(), smoke()]).count == 1)
        let one = try order(suite(steps: ["open: c"]), file: "a.yaml")
        let other = try order(suite(steps: ["open: c", "close: c"]), file: "b.yaml")
        let error = #expect(throws: TwoSuites.self) { try Selection.distinct([one, other]) }
        #expect(error?.description.contains("a.yaml and b.yaml both use the name") == true)
        #expect(error?.kind == .suite)
    }
}
