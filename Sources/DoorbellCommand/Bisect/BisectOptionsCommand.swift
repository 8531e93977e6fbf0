// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Campaigns
import ResultArchive

struct BisectOptionsCommand: BisectVerb {
    static let configuration = CommandConfiguration(
        commandName: "options",
        abstract: "Finds the configuration option that made a kernel differ.",
        discussion: """
            Between the two configurations one option after the other becomes what it is in the bad \
            one, in the order in which that has them.
            """)

    static let kind = BisectionPlan.Kind.options

    @Argument(help: "A recipe in Labs/Kernels, for source and patches.")
    var recipe: String

    @Option(help: ArgumentHelp("A whole .config that is good.", valueName: "file"))
    var good: String

    @Option(help: ArgumentHelp("A whole .config that is bad.", valueName: "file"))
    var bad: String

    @OptionGroup var choice: BisectChoice

    func kernels(in project: Project) throws -> any RevisionKernels {
        try OptionKernels(
            project.recipe(recipe), good: project.whole(good), bad: project.whole(bad))
    }

    func run() async throws { try await BisectSession(self).begin() }
}
