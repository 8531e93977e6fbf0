// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import SystemPackage
import Testing
import Vocabulary

@Suite("The descriptions of the languages are true")
struct ReadmeTests {
    @Test("Every key of suites stands in a table, and the example is a suite")
    func suites() throws {
        let text = try readme("Suites/README.md")
        expectNamed(LanguageWords.suite, in: text)
        let examples = yamlBlocks(in: text)
        #expect(examples.count == 1)
        for example in examples { #expect(complaints(inSuite: example) == []) }
        for key in LanguageWords.suite { #expect(isWritten(key, in: examples), "\(key)") }
    }

    @Test(
        "Every key of labs, kernels and facts stands in a table, and the examples are one of each")
    func labs() throws {
        let text = try readme("Labs/README.md")
        expectNamed(LanguageWords.lab + LanguageWords.kernel + LanguageWords.facts, in: text)
        let examples = yamlBlocks(in: text)
        #expect(examples.count == 7)
        let kernels = Array(examples[1...5])
        #expect(complaints(inLab: examples[0]) == [])
        for kernel in kernels { #expect(complaints(inKernel: kernel) == []) }
        #expect(complaints(BoardDescription.init(_:), in: examples[6]) == [])
        for key in LanguageWords.lab { #expect(isWritten(key, in: [examples[0]]), "\(key)") }
        for key in LanguageWords.kernel { #expect(isWritten(key, in: kernels), "\(key)") }
        for key in LanguageWords.facts { #expect(isWritten(key, in: [examples[6]]), "\(key)") }
    }

    @Test("The defaults that a description tells are those that are taken")
    func defaults() throws {
        let text = """
            name: l
            summary: x
            boards: [{name: b, kind: qemu, msi-controller: its, devices: []},
                     {name: c, kind: ssh, host: h, agent: true}]
            """
        let lab = try Lab(SourceText(file: "l.yaml", text: text))
        let timeouts = lab.boards[0].timeouts
        #expect(timeouts.boot == .seconds(180) && timeouts.connect == .seconds(20))
        #expect(timeouts.step == .seconds(60) && timeouts.power == .seconds(30))
        guard case .qemu(let machine) = lab.boards[0].reach,
            case .ssh(let remote) = lab.boards[1].reach
        else {
            Issue.record("\(lab.boards)")
            return
        }
        #expect(machine.cpu == "neoverse-n1" && machine.cpus == 2)
        #expect(machine.memory == .mebibytes(1024))
        #expect(machine.hasSMMU && machine.hasVirtualization)
        #expect(remote.port == 22 && remote.user == "root" && remote.hostKey == nil)
    }

    private func readme(_ path: String) throws -> String {
        try SourceText(path: repository.appending(path: path)).text
    }

    /// A key is described when it stands in backticks outside the examples, alone or in a step.
    private func expectNamed(_ keys: [String], in markdown: String) {
        let tables = markdown.split(separator: "\n").filter { $0.hasPrefix("|") }
        let prose = markdown.split(separator: "\n").filter { $0.hasPrefix("A ") }
        for key in keys {
            #expect(
                (tables + prose).contains { $0.contains("`\(key)`") || $0.contains("`- \(key):") },
                "\(key)")
        }
    }

    private func isWritten(_ key: String, in examples: [String]) -> Bool {
        examples.contains { $0.contains("\(key):") }
    }
}
