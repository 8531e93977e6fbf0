// SPDX-License-Identifier: GPL-3.0-or-later

import BenchServices
import Foundation
import Scheduling
import SecureShell
import Subprocess
import SystemPackage

/// A private SSH server on this machine: own keys, own configuration, own port.
struct LoopbackServer: Sendable {
    enum Kind: String, Sendable, CaseIterable, CustomStringConvertible {
        case openSSH, dropbear
        var description: String { rawValue }
    }

    let folder: String
    let port: UInt16
    let hostKeyLine: String
    /// The processes that belong to it: the server itself.
    let process: Int32

    var clientKey: FilePath { FilePath("\(folder)/client") }

    /// What a board that runs this server would be.
    func target(
        named name: String = "the loopback", pins: [HostKeyPin]? = nil, key: FilePath? = nil
    ) -> SSHTarget {
        SSHTarget(
            name: name, host: "127.0.0.1", port: port, user: NSUserName(),
            hostKeys: pins ?? HostKeyPin(hostKeyLine).map { [$0] } ?? [],
            authentication: .keyFile(key ?? clientKey))
    }

    /// Starts a server, gives it to the body, and ends it whatever happens.
    static func run<Value: Sendable>(
        _ kind: Kind = .openSSH, options: [String] = [], extraHostKey: String? = nil,
        _ body: @escaping @Sendable (LoopbackServer) async throws -> Value
    ) async throws -> Value {
        let folder = "/tmp/doorbell-ssh-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        return try await withCleanup {
            try await makeKeys(in: folder)
            guard let type = extraHostKey else {
                return try await serve(kind, folder, options, body)
            }
            try await makeKey(in: folder, named: "host-\(type)", type: type)
            return try await serve(
                kind, folder, options + ["HostKey \(folder)/host-\(type)"], body)
        } cleanup: {
            try? FileManager.default.removeItem(atPath: folder)
        }
    }

    /// Puts a program in front of the board's `sha256sum`.
    func replaceHashTool(by script: String) async throws { try replace("sha256sum", by: script) }

    /// Puts a program in front of a tool of the board.
    func replace(_ name: String, by script: String) throws {
        let tool = "\(folder)/bin/\(name)"
        try script.write(toFile: tool, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: tool)
    }
}

extension LoopbackServer {
    private static func makeKey(
        in folder: String, named name: String, type: String
    ) async throws {
        _ = try await Tool.run(
            "ssh-keygen", ["-q", "-t", type, "-N", "", "-C", name, "-f", "\(folder)/\(name)"],
            deadline: .after(.seconds(20), for: "ssh-keygen")
        ).succeeded()
    }

    private static func makeKeys(in folder: String) async throws {
        for name in ["client", "host", "stranger", "other-host"] {
            try await makeKey(in: folder, named: name, type: "ed25519")
        }
        let clientKey = try String(contentsOfFile: "\(folder)/client.pub", encoding: .utf8)
        for name in [".ssh", "bin"] {
            try FileManager.default.createDirectory(
                atPath: "\(folder)/\(name)", withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700])
        }
        let authorized = "\(folder)/.ssh/authorized_keys"
        try clientKey.write(toFile: authorized, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: authorized)
    }

    private static var teardown: [TeardownStep] {
        [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .milliseconds(300))]
    }

    private static func serve<Value: Sendable>(
        _ kind: Kind, _ folder: String, _ options: [String],
        _ body: @escaping @Sendable (LoopbackServer) async throws -> Value
    ) async throws -> Value {
        let port = try FreePort.find()
        let arguments = try await arguments(kind, folder, port, options)
        var platform = PlatformOptions()
        platform.createSession = true
        platform.teardownSequence = teardown
        let hostKey = try String(contentsOfFile: "\(folder)/host.pub", encoding: .utf8)
        let log = try FileDescriptor.open(
            FilePath("\(folder)/log"), .writeOnly, options: [.create, .append],
            permissions: .ownerReadWrite)
        let result = try await Subprocess.run(
            .path(FilePath(arguments[0])), arguments: Arguments(Array(arguments.dropFirst())),
            platformOptions: platform, input: .none,
            output: .fileDescriptor(log, closeAfterSpawningProcess: false),
            error: .fileDescriptor(log, closeAfterSpawningProcess: true)
        ) { execution in
            let server = LoopbackServer(
                folder: folder, port: port, hostKeyLine: hostKey,
                process: execution.processIdentifier.value)
            return try await withCleanup {
                try await server.waitUntilItListens()
                return try await body(server)
            } cleanup: {
                await execution.teardown(using: teardown)
            }
        }
        return result.closureResult
    }

    private func waitUntilItListens() async throws {
        try await retrying(
            until: .after(.seconds(20), for: "the loopback server"), pause: .milliseconds(20)
        ) {
            _ = try await SSHConnection.fetchHostKey(
                of: "the loopback", host: "127.0.0.1", port: port,
                deadline: .after(.seconds(10), for: "its host key"))
        }
    }

    private static func arguments(
        _ kind: Kind, _ folder: String, _ port: UInt16, _ options: [String]
    ) async throws -> [String] {
        switch kind {
        case .openSSH:
            // A server that root starts insists on this folder, which the init system makes.
            if geteuid() == 0 {
                try FileManager.default.createDirectory(
                    atPath: "/run/sshd", withIntermediateDirectories: true)
            }
            try configuration(folder, port, options)
                .write(toFile: "\(folder)/sshd_config", atomically: true, encoding: .utf8)
            return ["/usr/sbin/sshd", "-D", "-e", "-f", "\(folder)/sshd_config"]
        case .dropbear:
            _ = try await Tool.run(
                "dropbearconvert",
                ["openssh", "dropbear", "\(folder)/host", "\(folder)/host.dropbear"],
                deadline: .after(.seconds(20), for: "dropbearconvert")
            ).succeeded()
            // dropbear reads the keys in the user's home and nowhere else: it gets another home.
            let privileges = geteuid() == 0 ? [] : ["--map-current-user", "--keep-caps"]
            let script = #"mount --bind "$1" "$2" && shift 2 && exec "$@""#
            return ["/usr/bin/unshare", "--mount"] + privileges + [
                "sh", "-c", script, "sh", folder, NSHomeDirectory(), "/usr/sbin/dropbear", "-F",
                "-E", "-r", "\(folder)/host.dropbear", "-p", "127.0.0.1:\(port)", "-P",
                "\(folder)/pid", "-s",
            ]
        }
    }

    /// With SHLVL, bash does not take itself for a login over ssh and leaves ~/.bashrc unread.
    ///
    /// What is kept there lies in the server's own folder.
    private static func configuration(
        _ folder: String, _ port: UInt16, _ options: [String]
    ) -> String {
        """
        ListenAddress 127.0.0.1
        Port \(port)
        HostKey \(folder)/host
        AuthorizedKeysFile \(folder)/.ssh/authorized_keys
        PidFile \(folder)/pid
        StrictModes no
        UsePAM no
        PasswordAuthentication no
        PermitRootLogin yes
        MaxStartups 100
        SetEnv SHLVL=2 PATH=\(folder)/bin:/usr/local/bin:/usr/bin:/bin \
        DOORBELL_CACHE=\(folder)/cache
        \(options.joined(separator: "\n"))

        """
    }
}
