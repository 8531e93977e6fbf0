// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Campaigns
import Foundation
import Scheduling
import SecureShell
import SystemPackage
import Vocabulary

struct BoardEnrolCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrol",
        abstract: "Shows the host key that a board offers, and pins it in the lab file.",
        discussion: """
            Nothing is pinned before you say so: compare the fingerprint with what the board
            itself prints for `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` on its console.
            """)

    @Argument(help: "The board's name in the lab.")
    var board: String

    @Option(help: "The lab: a name in Labs, or a file.")
    var lab: String

    @Flag(help: "Pin the key without asking, because its fingerprint was given with --expect.")
    var yes = false

    @Option(help: ArgumentHelp("Pin only this fingerprint.", valueName: "SHA256:…"))
    var expect: String?

    func validate() throws {
        guard !yes || expect != nil else {
            throw ValidationError("--yes wants --expect with the fingerprint that you trust.")
        }
    }

    func run() async throws {
        let project = Project()
        let path = try project.find("lab", lab, in: project.labs)
        let source = try SourceText(path: path)
        let entry = try Selection.boards(named: [board], in: try Lab(source))[0]
        guard case .ssh(let machine) = entry.reach else {
            throw NothingToEnrol(board: entry.name)
        }
        let offered = try await SSHConnection.fetchHostKey(
            of: "board \(entry.name)", host: machine.host, port: machine.port,
            deadline: .after(entry.timeouts.connect, for: "the host key of board \(entry.name)"))
        show(offered, pinned: machine.hostKey)
        try confirm(offered)
        let text = try Enrolment.text(source, pinning: offered.publicKeyLine, of: entry.name)
        try Data(text.utf8).write(to: URL(filePath: path.string), options: .atomic)
        Terminal.standardOutput.say("Pinned in \(project.shown(path)).")
    }

    private func show(_ offered: OfferedHostKey, pinned: PinnedHostKey?) {
        Terminal.standardOutput.say("offered: \(offered.pin)")
        let before = pinned.flatMap { HostKeyPin($0.text) }
        Terminal.standardOutput.say("pinned:  \(before.map(\.description) ?? "none")")
    }

    private func confirm(_ offered: OfferedHostKey) throws {
        if let expect, expect != offered.fingerprint.description {
            throw WrongHostKey(board: board, expected: expect, offered: "\(offered.fingerprint)")
        }
        if yes { return }
        guard Terminal.standardInput.isInteractive else {
            throw ValidationError(
                "there is nobody to ask; give --yes and --expect \(offered.fingerprint)")
        }
        Terminal.standardOutput.write("Pin the offered key? [y/N] ")
        guard readLine() == "y" else { throw ExitStatus.usage }
    }
}

/// A board that QEMU makes: its key is made beforehand and always pinned.
private struct NothingToEnrol: Blame {
    let board: BoardName
    var kind: FaultKind { .suite }
    var account: Account {
        Account(
            subject: "board \(board)", action: "be enrolled",
            cause: "it is of kind qemu, whose host key is made beforehand and pinned already")
    }
}

/// A server that offers another key than the one that was expected.
private struct WrongHostKey: Blame {
    let board: String
    let expected: String
    let offered: String
    var kind: FaultKind { .bench }
    var account: Account {
        Account(
            subject: "board \(board)", action: "be enrolled",
            cause: "it offers \(offered), not the expected \(expected)",
            remedy: "Nothing was pinned. Another machine may answer at its address.")
    }
}
