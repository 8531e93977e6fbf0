// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Campaigns
import KernelTree
import Vocabulary

struct KernelBuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Compiles kernels for arm64, or finds them compiled.",
        discussion: """
            A kernel is kept under the hash of all that it is made from. Another kernel of the same \
            source and configuration compiles only what its patches change.
            """)

    @Argument(help: "Recipes in Labs/Kernels, by name.")
    var names: [String]
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let project = Project()
        let recipes = try names.map { try project.recipe($0) }
        let kernels = try await Interruption.interruptible {
            try await Self.build(recipes)
        }
        if json { return try JSONText.print(kernels) }
        for kernel in kernels { Terminal.standardOutput.write(kernel.text) }
    }

    private static func build(_ recipes: [NamedRecipe]) async throws -> [KernelStory] {
        let screen = BuildScreen()
        let forge = KernelForge(
            announce: { screen.announce($0) }, progress: { screen.show($0, $1) })
        var stories: [KernelStory] = []
        for recipe in recipes {
            guard let order = recipe.order else { throw NothingToCompile(kernel: recipe.name) }
            let kernel = try await forge.build(order)
            screen.finish()
            stories.append(KernelStory(recipe, kernel))
        }
        return stories
    }
}

/// A recipe whose kernel comes ready.
struct NothingToCompile: Blame, Hashable {
    let kernel: KernelName

    var kind: FaultKind { .suite }

    var account: Account {
        Account(
            subject: "kernel \(kernel)", action: "be compiled",
            cause: "its recipe names a kernel that is built already",
            remedy: "`doorbell run --kernel \(kernel)` uses it as it is.")
    }
}
