// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ResultArchive
import Scheduling
import SystemPackage

/// Which of the bisections that were begun, as the command line says it.
struct BisectionChoice: ParsableArguments {
    @Argument(help: "The name of a bisection, or the end of it; without one the newest.")
    var name: String?

    @Option(help: ArgumentHelp("Where runs and bisections are kept.", valueName: "dir"))
    var results: String?

    /// - Throws: `UnknownName`, `ArchiveError`.
    func bisection(in project: Project) throws -> (BisectionFolder, BisectionPlan) {
        let root = results.map { project.whole($0) } ?? project.root.appending("Results")
        let folder = try project.bisection(name, in: root.appending("Bisections"))
        return (folder, try folder.readPlan())
    }

    /// What is told of it now.
    func reading(in project: Project) throws -> BisectionReading {
        let (folder, plan) = try bisection(in: project)
        return BisectionReading(folder, plan, project)
    }
}
