// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Foundation
import ResultArchive
import Vocabulary

struct BisectResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract:
            "Goes on with a bisection, whatever ended it; no boot that was answered is repeated.")

    @OptionGroup var which: BisectionChoice

    func run() async throws {
        let (folder, plan) = try which.bisection(in: Project())
        let verb = try BisectSession.verb(of: plan, folder)
        try await BisectSession(verb).resume(folder, plan)
    }
}

extension BisectSession {
    /// The verb that has begun a bisection; its words count from where they were said, which is the
    /// working directory from here on.
    /// - Throws: `LostBeginning`; what an invalid command line throws.
    static func verb(
        of plan: BisectionPlan, _ folder: BisectionFolder
    ) throws -> any BisectVerb {
        guard FileManager.default.changeCurrentDirectoryPath(plan.directory),
            let verb = try Doorbell.parseAsRoot(plan.words) as? any BisectVerb
        else { throw LostBeginning(name: folder.name, directory: plan.directory) }
        return verb
    }
}

/// A bisection whose beginning cannot be repeated.
struct LostBeginning: Blame, Hashable {
    let name: String
    let directory: String

    var kind: FaultKind { .suite }

    var account: Account {
        Account(
            subject: "bisection \(name)", action: "be gone on with",
            cause: "it was begun in \(directory), which is not there any more, or by another verb")
    }
}
