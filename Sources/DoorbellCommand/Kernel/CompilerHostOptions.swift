// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Campaigns
import Foundation
import SecureShell
import SystemPackage
import Vocabulary

/// Which machine compiles, where it is not this one.
struct CompilerHostOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Compile on this machine: a board of --lab, or a host with --host-key.",
            valueName: "board|user@host:port"))
    var host: String?
    @Option(help: "The lab of that board: a name in Labs, or a file.")
    var lab: String?
    @Option(help: ArgumentHelp("The host key that it must have.", valueName: "SHA256:…"))
    var hostKey: String?
    @Option(help: ArgumentHelp("A private key, in place of the SSH agent.", valueName: "file"))
    var identity: String?

    func validate() throws {
        guard let host else {
            guard lab == nil, hostKey == nil, identity == nil else {
                throw ValidationError("--lab, --host-key and --identity belong to --host.")
            }
            return
        }
        guard (lab == nil) != (hostKey == nil) else {
            throw ValidationError("--host wants one of --lab, which pins its key, and --host-key.")
        }
        guard lab == nil || identity == nil else {
            throw ValidationError("The lab says how the board is reached; leave --identity out.")
        }
        guard hostKey.map({ HostKeyPin($0) != nil }) ?? true else {
            throw ValidationError("--host-key wants SHA256:… or the line of a .pub file.")
        }
        guard lab != nil || HostPlace(host) != nil else {
            throw ValidationError("'\(host)' is no host: say host, user@host or user@host:port.")
        }
    }

    /// Where it is; nothing where this machine compiles.
    /// - Throws: `LanguageError`, `UnknownName`, `NotRemote`.
    func target() throws -> SSHTarget? {
        guard let host else { return nil }
        if let lab {
            let entry = try RemoteEntry(board: host, lab: lab)
            return try SSHTarget(entry.machine, named: entry.board.name, in: entry.folder)
        }
        guard let place = HostPlace(host) else { return nil }
        let key = identity.map { FilePath(URL(filePath: $0).absoluteURL.path) }
        return SSHTarget(
            name: "host \(place.host)", host: place.host, port: place.port, user: place.user,
            hostKeys: hostKey.flatMap { HostKeyPin($0) }.map { [$0] } ?? [],
            authentication: key.map { .keyFile($0) } ?? .agent)
    }
}
