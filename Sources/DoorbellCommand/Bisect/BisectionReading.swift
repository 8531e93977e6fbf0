// SPDX-License-Identifier: GPL-3.0-or-later

import Bisection
import Campaigns
import Foundation
import Reports
import ResultArchive
import SystemPackage
import Vocabulary

/// A bisection on disk, and what is told of it.
struct BisectionReading {
    let folder: BisectionFolder
    let plan: BisectionPlan
    let project: Project

    init(_ folder: BisectionFolder, _ plan: BisectionPlan, _ project: Project) {
        self.folder = folder
        self.plan = plan
        self.project = project
    }

    /// What the journal tells now.
    /// - Throws: `ArchiveError`, `HistoryError`, `SearchError`.
    func story() throws -> BisectionStory {
        let entries = try folder.readJournal()
        let known = folder.readText("reproduce.txt")
        return BisectionStory(
            folder, plan, entries, try plan.search(entries), reproduction: known)
    }

    /// Writes the reports beside the journal, and how to see the first bad kernel again.
    func sealed(_ kernels: any RevisionKernels, _ choice: BisectChoice) throws -> BisectionStory {
        if let bad = try story().firstBad {
            try folder.write(try command(for: bad, kernels, choice), to: "reproduce.txt")
        }
        let story = try self.story()
        try folder.write(BisectionText.render(story, ink: .plain), to: "report.txt")
        try folder.write(BisectionPage.render(story), to: "report.html")
        try folder.write(JSONText.text(story) + "\n", to: "report.json")
        return story
    }

    /// One run that shows it again.
    private func command(
        for boot: BisectionBoot, _ kernels: any RevisionKernels, _ choice: BisectChoice
    ) throws -> String {
        let recipe = try kernels.recipe(of: boot.revision.revision)
        let name = recipe.name.text
        let isKnown = try project.kernelNames.contains(name) && project.recipe(name) == recipe
        let kernel =
            isKnown ? name : project.shown(try folder.write(recipe.files, ofKernel: recipe.name))
        let words = choice.runWords(board: boot.board) + ["--kernel", kernel]
        return "./doorbell run " + words.joined(separator: " ")
    }
}

extension Project {
    /// Finds a bisection by its name, the end of one, or the newest.
    /// - Throws: `UnknownName`, `ArchiveError`.
    func bisection(_ word: String?, in folder: FilePath) throws -> BisectionFolder {
        let all = try BisectionFolder.all(in: folder)
        guard let word else {
            guard let newest = all.last else {
                throw UnknownName(
                    noun: "bisection", name: "newest", place: shown(folder), known: [])
            }
            return newest
        }
        let fitting = all.filter { $0.name == word }
        let ending = fitting.isEmpty ? all.filter { $0.name.hasSuffix(word) } : fitting
        guard let found = ending.first, ending.count == 1 else {
            throw UnknownName(
                noun: "bisection", name: word, place: shown(folder),
                known: all.suffix(10).map(\.name))
        }
        return found
    }
}
