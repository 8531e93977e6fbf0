// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import SystemPackage
import Vocabulary

/// A board of kind ssh, as the command line names it.
struct RemoteEntry {
    let board: Board
    let machine: RemoteMachine
    /// The lab file's folder, which its paths count from.
    let folder: FilePath

    /// Finds the board in its lab.
    /// - Throws: `LanguageError`, `UnknownName`, `NotRemote`.
    init(board: String, lab: String) throws {
        let project = Project()
        let path = try project.find("lab", lab, in: project.labs)
        let entry = try Selection.boards(
            named: [board], in: try Lab(try project.source(path)))[0]
        guard case .ssh(let machine) = entry.reach else { throw NotRemote(board: entry.name) }
        self.board = entry
        self.machine = machine
        folder = path.removingLastComponent()
    }
}

/// A board that lives only while a run has it.
struct NotRemote: Blame {
    let board: BoardName
    var kind: FaultKind { .suite }
    var account: Account {
        Account(
            subject: "board \(board)", action: "be worked on by hand",
            cause: "it is of kind qemu, and lives only as long as a run has it")
    }
}

/// A board whose lab entry does not say what is needed.
struct Lacking: Blame {
    let board: BoardName
    let key: String
    var kind: FaultKind { .suite }
    var account: Account {
        Account(
            subject: "board \(board)", action: "be worked on like this",
            cause: "its entry in the lab has no `\(key)`",
            remedy: "Labs/README.md says what can stand there.")
    }
}
