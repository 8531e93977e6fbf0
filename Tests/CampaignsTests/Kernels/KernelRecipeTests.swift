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
        let debian =
            switch recipe.source {
            case .debian(let package): package
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

    @Test("What is wrong is named with its place")
    func wrong() {
        #expect(
            complaints(inKernel: "source: {debain: Linux Image}\ncommand-line: [a b]\n") == [
                "x.yaml:1:1: error: the key 'summary' is missing",
                "x.yaml:1:9: error: the key 'debian' is missing",
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
