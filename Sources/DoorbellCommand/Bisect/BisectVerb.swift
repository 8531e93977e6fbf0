// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Campaigns
import ResultArchive

/// A verb that bisects something.
protocol BisectVerb: AsyncParsableCommand {
    static var kind: BisectionPlan.Kind { get }
    var choice: BisectChoice { get }
    /// What is bisected.
    func kernels(in project: Project) throws -> any RevisionKernels
}

struct BisectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bisect",
        abstract: "Finds the commit, patch, kernel or option that made a kernel differ.",
        discussion: """
            Both ends are looked at first, on one board; then every free board boots the kernel that \
            tells the most. Each answer is kept at once: 'bisect resume' goes on after whatever ended it.
            Exit status: 0 a culprit is named, 2 usage or an invalid file, 3 it cannot be named, \
            4 an error of doorbell, 130 interrupted.
            """,
        subcommands: [
            BisectCommitsCommand.self, BisectSeriesCommand.self, BisectKernelsCommand.self,
            BisectOptionsCommand.self, BisectResumeCommand.self,
            BisectBoardsCommand.self, BisectStatusCommand.self, BisectLogCommand.self,
            BisectReportCommand.self,
        ])
}
