// SPDX-License-Identifier: GPL-3.0-or-later

package import ReferenceModel
package import SystemPackage
package import Vocabulary

/// What a person asked to be run, read and checked, before any board is touched.
package struct RunRequest: Sendable {
    package let lab: SourceText
    package let boards: [BoardOrder]
    package let suites: [SuiteOrder]
    package let overrides: ModelOverrides
    /// The agent's executable for boards.
    package let agent: FilePath
    /// The folder that gets the run's own folder.
    package let runs: FilePath
    /// The folder that gets what each board's agent is sent and answers, for the benchmarks.
    package let recordings: FilePath?

    package init(
        lab: SourceText, boards: [BoardOrder], suites: [SuiteOrder], overrides: ModelOverrides,
        agent: FilePath, runs: FilePath, recordings: FilePath? = nil
    ) {
        self.recordings = recordings
        self.lab = lab
        self.boards = boards
        self.suites = suites
        self.overrides = overrides
        self.agent = agent
        self.runs = runs
    }
}

/// A board, and the kernel that it is to boot.
package struct BoardOrder: Sendable {
    package let board: Board
    /// Where the lab file lies, from which its paths count.
    package let labFolder: FilePath
    /// Nothing for a board that keeps the kernel it runs.
    package let kernel: NamedRecipe?

    package init(board: Board, labFolder: FilePath, kernel: NamedRecipe?) {
        self.board = board
        self.labFolder = labFolder
        self.kernel = kernel
    }
}

/// A suite, and which of its cases are to be run.
package struct SuiteOrder: Sendable {
    package let suite: Suite
    /// The file that it was read from.
    package let source: SourceText
    package let cases: [SuiteCase]

    package init(suite: Suite, source: SourceText, cases: [SuiteCase]) {
        self.suite = suite
        self.source = source
        self.cases = cases
    }
}
