// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Campaigns
import KernelTree
import Scheduling
import SecureShell
import Vocabulary

struct KernelBuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Compiles kernels for arm64, or finds them compiled.",
        discussion: """
            A kernel is kept under the hash of all that it is made from. Another kernel of the same \
            source and configuration compiles only what its patches change. With --host another \
            machine compiles, with its own compiler for arm64; what it made is used from then on.
            """)

    @Argument(help: "Recipes in Labs/Kernels, by name.")
    var names: [String]
    @OptionGroup var place: CompilerHostOptions
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let project = Project()
        let recipes = try names.map { try project.recipe($0) }
        let target = try place.target()
        let kernels = try await Interruption.interruptible {
            try await Self.build(recipes, on: target)
        }
        if json { return try JSONText.print(kernels) }
        for kernel in kernels { Terminal.standardOutput.write(kernel.text) }
    }

    private static func build(
        _ recipes: [NamedRecipe], on target: SSHTarget?
    ) async throws -> [KernelStory] {
        guard let target else { return try await build(recipes, host: nil) }
        let deadline = Deadline.after(.seconds(60), for: "\(target.name) to be reached")
        return try await SSHConnection.withConnection(to: target, deadline: deadline) {
            try await build(recipes, host: SSHCompilerHost($0))
        }
    }

    private static func build(
        _ recipes: [NamedRecipe], host: (any CompilerHost)?
    ) async throws -> [KernelStory] {
        let screen = BuildScreen()
        let forge = KernelForge(
            on: host, announce: { screen.announce($0) }, progress: { screen.show($0, $1) })
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
