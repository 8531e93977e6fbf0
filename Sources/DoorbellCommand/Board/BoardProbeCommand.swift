// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Campaigns
import Foundation
import Scheduling
import SecureShell
import SystemPackage
import Vocabulary

struct BoardProbeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe",
        abstract: "Looks at a live board over SSH, and prints a first lab file for it.",
        discussion: """
            Nothing is changed on the board. Say where it is, and which host key it must have;
            or name a board of a lab, whose key is pinned. `doorbell check` accepts what is
            printed.
            """)

    @Argument(help: "The board's host name or address.")
    var host: String?
    @Option(help: "What the board is to be called; its host where nothing is said.")
    var name: String?
    @Option(help: "Who we are there; root where nothing is said.")
    var user: String?
    @Option(help: "The port of its SSH server; 22 where nothing is said.")
    var port: UInt16?
    @Option(help: ArgumentHelp("A private key, in place of the SSH agent.", valueName: "file"))
    var identity: String?
    @Option(help: ArgumentHelp("The host key that it must have.", valueName: "SHA256:…"))
    var hostKey: String?
    @Flag(help: "Show the host key that it offers, and ask whether it is the right one.")
    var enrol = false
    @Option(help: "In place of a host: a board of kind ssh.")
    var board: String?
    @Option(help: "The board's lab: a name in Labs, or a file.")
    var lab: String?

    func validate() throws {
        guard (host == nil) != (board == nil), (board == nil) == (lab == nil) else {
            throw ValidationError("A host is wanted, or --board with --lab.")
        }
        let isAlone =
            [name, user, identity, hostKey].allSatisfy { $0 == nil } && port == nil && !enrol
        guard board == nil || isAlone else {
            throw ValidationError("The lab says how the board is reached; give --board alone.")
        }
        guard host == nil || (hostKey == nil) == enrol else {
            throw ValidationError("One of --host-key and --enrol is wanted.")
        }
        guard hostKey.map({ HostKeyPin($0) != nil }) ?? true else {
            throw ValidationError("--host-key wants SHA256:… or the line of a .pub file.")
        }
    }

    func run() async throws {
        let place = try await place()
        let text = try await Interruption.interruptible { try await Self.look(at: place) }
        Terminal.standardOutput.write(text)
    }

    /// Where the board is, and what its entry says of that.
    private struct Place: Sendable {
        let name: BoardName
        let target: SSHTarget
        let credential: RemoteMachine.Credential
    }

    private static func look(at place: Place) async throws -> String {
        let deadline = Deadline.after(.seconds(120), for: "\(place.target.name) to be probed")
        return try await SSHConnection.withConnection(to: place.target, deadline: deadline) {
            connection in
            let seen = try await ProbedBoard.read(over: connection, deadline: deadline)
            let key = await connection.hostKey?.publicKeyLine ?? ""
            return try LabEntry(
                name: place.name, host: place.target.host, port: place.target.port,
                user: place.target.user, hostKey: key, credential: place.credential, board: seen
            ).text()
        }
    }

    private func place() async throws -> Place {
        if let host { return try await place(of: host) }
        let project = Project()
        let path = try project.find("lab", lab ?? "", in: project.labs)
        let entry = try Selection.boards(
            named: [board ?? ""], in: Lab(project.source(path)))[0]
        guard case .ssh(let machine) = entry.reach else { throw MadeBoard(board: entry.name) }
        let target = try SSHTarget(machine, named: entry.name, in: path.removingLastComponent())
        return Place(name: entry.name, target: target, credential: machine.credential)
    }

    private func place(of host: String) async throws -> Place {
        let called = try boardName(host)
        let key = identity.map { FilePath(URL(filePath: $0).absoluteURL.path) }
        var target = SSHTarget(
            name: "board \(called)", host: host, port: port ?? 22, user: user ?? "root",
            hostKeys: hostKey.flatMap { HostKeyPin($0) }.map { [$0] } ?? [],
            authentication: key.map { .keyFile($0) } ?? .agent)
        if enrol { target.hostKeys = [try await HostKeyQuestion.ask(target)] }
        return Place(
            name: called, target: target, credential: key.map { .identity($0) } ?? .agent)
    }

    /// An address has characters that no name may have.
    private func boardName(_ host: String) throws -> BoardName {
        let word = name ?? String(host.map { $0 == ":" || $0 == "%" ? "-" : $0 })
        guard let called = BoardName(word) else {
            throw ValidationError("'\(word)' cannot be a board's name; choose one with --name.")
        }
        return called
    }
}

/// A board that QEMU makes: its lab file says all that there is.
private struct MadeBoard: Blame {
    let board: BoardName
    var kind: FaultKind { .suite }
    var account: Account {
        Account(
            subject: "board \(board)", action: "be probed",
            cause: "it is of kind qemu, and its lab entry is what it is made from",
            remedy: "`doorbell pci --board \(board)` shows its devices.")
    }
}
