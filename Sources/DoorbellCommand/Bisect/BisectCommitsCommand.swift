// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Campaigns
import ResultArchive

struct BisectCommitsCommand: BisectVerb {
    static let configuration = CommandConfiguration(
        commandName: "commits",
        abstract: "Finds the commit that made a kernel differ, with merges as git bisects them.",
        discussion: """
            Commits are read from the repository without being checked out: its files stay, and may \
            have changes that are not committed. What does not compile or boot is left out.
            """)

    static let kind = BisectionPlan.Kind.commits

    @Option(help: ArgumentHelp("The clone that has the commits.", valueName: "dir"))
    var repository: String

    @Option(help: ArgumentHelp("A commit, tag or branch that is good.", valueName: "revision"))
    var good: String

    @Option(help: ArgumentHelp("One that came from it and is bad.", valueName: "revision"))
    var bad: String

    @Option(
        help: ArgumentHelp(
            "A recipe in Labs/Kernels, for configuration and patches; its source is left aside.",
            valueName: "recipe"))
    var kernel: String

    @Flag(help: "Follow first parents only: a merge counts as one commit.")
    var firstParent = false

    @OptionGroup var choice: BisectChoice

    func kernels(in project: Project) throws -> any RevisionKernels {
        try CommitKernels(
            project.recipe(kernel), in: project.whole(repository), good: good, bad: bad,
            firstParents: firstParent)
    }

    func run() async throws { try await BisectSession(self).begin() }
}
