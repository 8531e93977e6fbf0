// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Foundation
import Judgement
import KernelTree
import SystemPackage
import Testing
import Vocabulary

@Suite("A mutant is read from its patch")
struct MutantReaderTests {
    private static let folder = repository.appending("Suites").appending("Mutants")

    private func all() throws -> [Mutant] {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.string)
        return try names.filter { $0.hasSuffix(".patch") }.sorted().map { name in
            let path = Self.folder.appending(name)
            return try Mutant(SourceText(path: path), at: path)
        }
    }

    private func read(_ text: String, name: String = "a.patch") throws -> Mutant {
        try Mutant(SourceText(file: name, text: text), at: FilePath(name))
    }

    @Test("Those of the repository are enough, and what is equivalent is called so")
    func repositoryMutants() throws {
        let mutants = try all()
        let harmful = mutants.filter { !$0.breaks.isEmpty }
        #expect(harmful.count { $0.base.text == "small-6.1" } >= 16)
        #expect(harmful.count { $0.base.text == "rfc-mixed-6.1" } >= 8)
        #expect(mutants.count - harmful.count >= 4)
        for mutant in mutants {
            #expect(mutant.breaks.isEmpty == mutant.name.text.hasPrefix("equivalent-"))
        }
    }

    @Test("Each is a variant of a recipe, with a suite and a board that there are")
    func variants() throws {
        let labs = repository.appending("Labs")
        let lab = try Lab(SourceText(path: labs.appending("virtual.yaml")))
        let boards = lab.boards.map { BoardOrder(board: $0, labFolder: labs, kernel: nil) }
        for mutant in try all() {
            let folder = labs.appending("Kernels").appending(mutant.base.text)
            let recipe = try KernelRecipe(SourceText(path: folder.appending("kernel.yaml")))
            let base = NamedRecipe(name: mutant.base, recipe: recipe, folder: folder)
            let path = repository.appending("Suites").appending(mutant.suite.text + ".yaml")
            let source = try SourceText(path: path)
            let suite = try Suite(source)
            let order = try MutantOrder(
                mutant, base: base,
                suite: SuiteOrder(suite: suite, source: source, cases: suite.cases),
                boards: boards)
            #expect(order.boards.count == (mutant.board == nil ? 2 : 1))
            #expect(order.kernel.further == [mutant.patch])
            #expect(order.recipe.name == mutant.name)
            #expect(order.boards.allSatisfy { $0.kernel == order.recipe })
        }
    }

    @Test("A value goes on with lines that begin with a space")
    func goesOn() throws {
        let mutant = try read(Self.text)
        #expect(mutant.breaks == [.call(1), .msi(7)] && mutant.suite.text == "leaks")
        #expect(mutant.board?.text == "virt-v2m" && mutant.files == ["a/b.c"])
        #expect(mutant.why == "Freed SPIs stay marked as used. Each arming takes others.")
        #expect(try read(Self.text.replacing("CALL-01, INV-07", with: "nothing")).breaks == [])
    }

    private static let text = """
        Subject: [PATCH] x

        Doorbell-Base: small-6.1
        Doorbell-Breaks: CALL-01, INV-07
        Doorbell-Suite: leaks
        Doorbell-Board: virt-v2m
        Doorbell-Why: Freed SPIs stay marked as used.
         Each arming takes others.
        ---
        --- a/a/b.c
        +++ b/a/b.c
        @@ -1 +1 @@
        -a
        +b
        """

    @Test("What a patch lacks is told with its place")
    func lacks() throws {
        let wrong = Self.text.replacing("CALL-01, INV-07", with: "INV-999")
            .replacing("Doorbell-Suite: leaks\n", with: "")
            .replacing("Doorbell-Base: small-6.1", with: "Doorbell-Base: a b")
        let error = #expect(throws: LanguageError.self) { try read(wrong) }
        #expect(
            error?.description == """
                a.patch:3:1: error: 'a b' is no value of Doorbell-Base
                a.patch:4:1: error: 'INV-999' is no value of Doorbell-Breaks
                a.patch:7:1: error: one trailer 'Doorbell-Suite' is wanted
                """)
        let empty = #expect(throws: LanguageError.self) { try read("") }
        #expect(empty?.complaints.last?.sentence == "it changes no file")
    }
}
