// SPDX-License-Identifier: GPL-3.0-or-later

import Bisection
import Campaigns
import Foundation
import KernelTree
import ReferenceModel
import ResultArchive
import Scheduling
import SystemPackage
import Testing
import Vocabulary

@Suite("Kernels of a history")
struct RevisionKernelsTests {
    private let soon = Deadline.after(.seconds(60), for: "the test")

    private func inFolder(_ body: (FilePath) async throws -> Void) async throws {
        let folder = FilePath(NSTemporaryDirectory()).appending("history-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            atPath: folder.string, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder.string) }
        try await body(folder)
    }

    private func write(_ text: String, to path: FilePath) throws {
        try text.write(toFile: path.string, atomically: true, encoding: .utf8)
    }

    private func recipe(_ folder: FilePath, _ text: String) throws -> NamedRecipe {
        let source = try SourceText(file: "kernel.yaml", text: text)
        return NamedRecipe(
            name: try #require(KernelName("mine")), recipe: try KernelRecipe(source), folder: folder
        )
    }

    @Test("A series is its patches one by one, at the point of the RFC that their numbers say")
    func series() async throws {
        try await inFolder { folder in
            let names = ["0000-back.patch", "0001-a.patch", "0001-wrong.patch", "0002-b.patch"]
            try write(names.map { $0 + "\n" }.joined(), to: folder.appending("series"))
            for name in names {
                try write(
                    "From: A B <a@b>\nSubject: [PATCH 1/2] Do\n \(name)\n\n",
                    to: folder.appending(name))
            }
            let recipe = try recipe(
                folder,
                "summary: x\nsource: {tree: linux}\nconfiguration: {base: tinyconfig}\n"
                    + "patches: series\ngeneration: RFC\n")
            let all = try SeriesKernels(recipe)
            let revisions = try all.revisions(deadline: soon)
            #expect(revisions.map(\.revision.text) == ["unpatched"] + names)
            #expect(revisions[1].title == "Do 0000-back.patch")
            #expect(revisions[1].author == "A B <a@b>")
            let points = try revisions.map { try all.recipe(of: $0.revision) }
            #expect(points.map(\.recipe.series) == [0, 0, 1, 1, 2])
            #expect(points.map { $0.order?.further.count } == [0, 1, 2, 3, 4])
            #expect(Set(points.map(\.name)).count == points.count)
            let part = try SeriesKernels(recipe, from: "0000", upTo: "0001-wrong.patch")
            #expect(
                try part.revisions(deadline: soon).map(\.revision.text) == Array(names[...2]))
            #expect(throws: UnknownName.self) { try SeriesKernels(recipe, from: "0007") }
            #expect(throws: UnknownRevision.self) { try all.recipe(of: Revision("x")) }
        }
    }

    @Test("A recipe that is written out is read back as the same kernel")
    func writtenOut() async throws {
        try await inFolder { folder in
            let texts = [
                "summary: 'A \"b\" \\ c'\nsource: {debian: linux-image-6.1.0-50-arm64}\n",
                "summary: x\nsource: {image: Image, modules: lib}\ncommand-line: [a=b, c]\n",
                "summary: x\nsource: {tree: linux}\nconfiguration: {base: tinyconfig}\n"
                    + "patches: p/series\ngeneration: RFC\nseries: 3\n",
                "summary: x\nsource: {git: /r, revision: v6.1}\n"
                    + "configuration: {base: whole.config, fragments: [a.config]}\n",
            ]
            for text in texts {
                let recipe = try recipe(folder, text)
                let written = try #require(recipe.files["kernel.yaml"])
                let again = NamedRecipe(
                    name: recipe.name,
                    recipe: try KernelRecipe(SourceText(file: "kernel.yaml", text: written)),
                    folder: FilePath("/elsewhere"))
                #expect(again.order == recipe.order, "\(written)")
                #expect(again.recipe.summary == recipe.recipe.summary)
                #expect(again.recipe.commandLine == recipe.recipe.commandLine)
            }
        }
    }

    @Test("Between two configurations one option after the other changes")
    func options() async throws {
        try await inFolder { folder in
            let (good, bad) = (folder.appending("good"), folder.appending("bad"))
            try write("CONFIG_A=y\nCONFIG_B=m\n# CONFIG_C is not set\nCONFIG_D=4\n", to: good)
            try write("CONFIG_A=y\nCONFIG_B=y\nCONFIG_C=y\n", to: bad)
            let recipe = try recipe(
                folder, "summary: x\nsource: {tree: linux}\nconfiguration: {base: tinyconfig}\n")
            let kernels = try OptionKernels(recipe, good: good, bad: bad)
            let revisions = kernels.revisions(deadline: soon)
            #expect(
                revisions.map(\.revision.text) == ["unchanged", "CONFIG_B", "CONFIG_C", "CONFIG_D"])
            let middle = try kernels.recipe(of: Revision("CONFIG_C"))
            guard case .file(let path)? = middle.order?.base else {
                Issue.record("its base is \(middle.order?.base as Any)")
                return
            }
            let text = try String(contentsOfFile: path.string, encoding: .utf8)
            #expect(text == "CONFIG_A=y\nCONFIG_D=4\nCONFIG_B=y\nCONFIG_C=y\n")
            #expect(throws: HistoryError.self) {
                try OptionKernels(recipe, good: good, bad: good)
            }
        }
    }
}
