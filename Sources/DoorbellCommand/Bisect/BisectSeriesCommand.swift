// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Campaigns
import Foundation
import ResultArchive
import Vocabulary

struct BisectSeriesCommand: BisectVerb {
    static let configuration = CommandConfiguration(
        commandName: "series",
        abstract: "Finds the patch of a kernel's series that made it differ.",
        discussion: """
            The source without its patches is good, unless --good names a later point; with all of \
            them it is bad. Patches are named as the series names them. What does not apply or compile \
            in the middle is left out.
            """)

    static let kind = BisectionPlan.Kind.series

    @Argument(help: "A recipe in Labs/Kernels that has patches.")
    var recipe: String

    @Option(help: ArgumentHelp("The last patch that is known to be good.", valueName: "patch"))
    var good: String?

    @Option(help: ArgumentHelp("The first patch that is known to be bad.", valueName: "patch"))
    var bad: String?

    @OptionGroup var choice: BisectChoice

    func kernels(in project: Project) throws -> any RevisionKernels {
        try SeriesKernels(project.recipe(recipe), from: good, upTo: bad)
    }

    func run() async throws { try await BisectSession(self).begin() }
}
