// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import ReferenceModel
import SystemPackage
import Testing
import Vocabulary

@Suite("A kernel recipe is read")
struct KernelRecipeTests {
    @Test(
        "The recipes of the repository name the packages of Debian 12",
        arguments: [
            ("debian-6.1", "linux-image-6.1.0-54-arm64"),
            ("debian-6.12", "linux-image-6.12.107+deb12-arm64"),
        ])
    func repositoryRecipes(_ name: String, _ package: String) throws {
        let path = repository.appending(path: "Labs/Kernels/\(name)/kernel.yaml")
        let recipe = try KernelRecipe(SourceText(path: path))
        guard case .debian(let debian) = recipe.source else {
            Issue.record("\(recipe.source)")
            return
        }
        #expect(debian.matches(package))
        for other in ["-dbg", "-unsigned", "-16k"] { #expect(!debian.matches(package + other)) }
        #expect(!debian.matches(package.replacing("-arm64", with: "-rt-arm64")))
        #expect(!debian.matches(package.replacing("-arm64", with: "-cloud-arm64")))
    }

    @Test("A star stands for at least one digit")
    func star() throws {
        let package = try #require(DebianPackage(pattern: "linux-*.*-a"))
        #expect(package.matches("linux-6.1-a"))
        #expect(package.matches("linux-6.1.2-a"))
        #expect(!package.matches("linux-.-a"))
        #expect(!package.matches("linux-61-a"))
        #expect(!package.matches("linux-6.1-a-b"))
    }

    @Test("Generation, place in the series and words for the command line may be given")
    func everyKey() throws {
        let text = """
            summary: x
            source: {debian: linux-image-arm64}
            generation: RFC
            series: 7
            command-line: [iommu.strict=1, quiet]
            """
        let recipe = try KernelRecipe(SourceText(file: "k.yaml", text: text))
        #expect(recipe.generation == .mixed && recipe.series == 7)
        #expect(recipe.commandLine == ["iommu.strict=1", "quiet"])
    }

    @Test("A kernel that is compiled has a tree, a configuration and patches")
    func built() throws {
        let text = """
            summary: x
            source: {debian-source: linux-source-6.1}
            configuration: {base: tinyconfig, fragments: [../small-6.1/small.config, more.config]}
            patches: patches/series
            generation: RFC
            series: 3
            """
        let recipe = try KernelRecipe(SourceText(file: "k.yaml", text: text))
        let package = try #require(DebianPackage(pattern: "linux-source-6.1"))
        #expect(
            recipe.source
                == .built(
                    KernelBuild(
                        tree: .debian(package), base: .target(.tinyconfig),
                        fragments: [
                            RecipePath("../small-6.1/small.config"), RecipePath("more.config"),
                        ],
                        patches: RecipePath("patches/series"), lastPatch: 3)))
    }

    @Test("A tree may come from git or lie in a folder, and an image may be ready")
    func otherSources() throws {
        func source(_ lines: String) throws -> KernelRecipe.Source {
            try KernelRecipe(SourceText(file: "k.yaml", text: "summary: x\n" + lines)).source
        }
        let base = "\nconfiguration: {base: whole.config}\n"
        let whole = KernelBuild.Base.file(RecipePath("whole.config"))
        #expect(
            try source("source: {git: https://example.org/linux, revision: v6.1}" + base)
                == .built(
                    KernelBuild(
                        tree: .git(repository: "https://example.org/linux", revision: "v6.1"),
                        base: whole)))
        #expect(
            try source("source: {tree: /usr/src/linux}" + base)
                == .built(KernelBuild(tree: .folder(RecipePath("/usr/src/linux")), base: whole)))
        #expect(
            try source("source: {image: Image, modules: modules/6.1}")
                == .image(
                    ReadyImage(image: RecipePath("Image"), modules: RecipePath("modules/6.1"))))
    }

    @Test("What does not fit the source is refused with its place")
    func misfits() {
        #expect(
            complaints(inKernel: "summary: x\nsource: {debian: linux-image-a, tree: t}\n") == [
                "x.yaml:2:9: error: one of debian, debian-source, git, tree, image is wanted here"
            ])
        #expect(
            complaints(inKernel: "summary: x\nsource: {tree: t, revision: v1}\n") == [
                "x.yaml:1:1: error: the key 'configuration' is missing",
                "x.yaml:2:29: error: the key 'revision' has no place here: it belongs to git",
            ])
        #expect(
            complaints(inKernel: "summary: x\nsource: {image: Image}\npatches: p/series\n") == [
                "x.yaml:3:10: error: the key 'patches' has no place here: an image is built already"
            ])
        #expect(
            complaints(
                inKernel: "summary: x\nsource: {git: --upload-pack=x, revision: v1}\n"
                    + "configuration: {base: tinyconfi}\n") == [
                    "x.yaml:2:15: error: '--upload-pack=x' is not the address of a repository",
                    "x.yaml:3:23: error: 'tinyconfi' is not known here; did you mean 'tinyconfig'?",
                ])
    }

    @Test("What is wrong is named with its place")
    func wrong() {
        #expect(
            complaints(inKernel: "source: {debain: Linux Image}\ncommand-line: [a b]\n") == [
                "x.yaml:1:1: error: the key 'summary' is missing",
                "x.yaml:1:9: error: one of debian, debian-source, git, tree, image is wanted here",
                "x.yaml:1:10: error: unknown key 'debain'; did you mean 'debian'?",
                "x.yaml:2:16: error: write one word here, and a list item for each",
            ])
        let unknown = "summary: x\nsource: {debian: linux-image-a}\ngeneration: SW45\nseries: 3\n"
        #expect(
            complaints(inKernel: unknown) == [
                "x.yaml:3:13: error: 'SW45' is not known here; did you mean 'SW54'?",
                "x.yaml:4:9: error: the key 'series' has no place here: only a kernel of generation "
                    + "RFC has the series",
            ])
        #expect(
            complaints(
                inKernel:
                    "summary: x\nsource: {debian: linux-image-a}\ngeneration: RFC\nseries: 12\n")
                == ["x.yaml:4:9: error: 12 is out of bounds; write a number from 0 to 11"])
        let found = complaints(inKernel: "summary: x\nsource: {debian: ../../etc}\n")
        #expect(found.first?.contains("'../../etc' is no package name") == true, "\(found)")
    }
}
