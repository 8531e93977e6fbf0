// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Glibc
import Scheduling
import SecureShell
import Subprocess
import SystemPackage

/// Commands over one connection, beside OpenSSH with a ControlMaster on the same server.
///
/// The server is a private sshd on loopback with keys of its own. Both sides take turns, so that a
/// machine that grows slower or faster meanwhile does so for both.
package struct SSHCommandBench: Sendable {
    /// What both sides needed for the same number of commands.
    package struct Result: Sendable {
        package let commands: Int
        package let ours: Duration
        package let openSSH: Duration

        /// Our time in units of OpenSSH's.
        package var ratio: Double { ours / openSSH }
    }

    package var commands = 200
    package var rounds = 4

    package init() {}

    /// Starts the server and the two connections, measures, and ends them.
    package func run() async throws -> Result {
        let folder = FilePath("/tmp/doorbell-bench-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(
            atPath: folder.string, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        return try await withCleanup {
            let server = try await BenchServer(folder: folder)
            return try await server.run { try await measure(server) }
        } cleanup: {
            // A folder that stays behind in /tmp harms nobody.
            try? FileManager.default.removeItem(atPath: folder.string)
        }
    }

    private func measure(_ server: BenchServer) async throws -> Result {
        let target = try server.target
        let connection = try await retrying(
            until: server.deadline, pause: .milliseconds(20)
        ) { try await SSHConnection.connect(to: target, deadline: server.deadline) }
        return try await withCleanup {
            try await server.openMaster()
            return try await alternate(connection, server)
        } cleanup: {
            await server.closeMaster()
            await connection.close()
        }
    }

    private func alternate(
        _ connection: SSHConnection, _ server: BenchServer
    ) async throws -> Result {
        var ours = Duration.zero
        var openSSH = Duration.zero
        let share = commands / rounds
        for _ in 0..<rounds {
            openSSH += try await ContinuousClock().measure { try await server.loop(share) }
            ours += try await ContinuousClock().measure {
                for _ in 0..<share {
                    try await connection.run(RemoteCommand("true"), deadline: server.deadline)
                        .succeeded()
                }
            }
        }
        return Result(commands: share * rounds, ours: ours, openSSH: openSSH)
    }
}

/// The private sshd, and OpenSSH's client for it.
private struct BenchServer: Sendable {
    let folder: FilePath
    let port: UInt16
    let deadline = Deadline.after(.seconds(120), for: "the benchmark of SSH commands")

    init(folder: FilePath) async throws {
        self.folder = folder
        port = try FreePort.find()
        for name in ["host", "client"] {
            try await Tool.run(
                "ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", path(name)],
                deadline: deadline
            ).succeeded()
        }
        let hostKey = try String(contentsOfFile: path("host.pub"), encoding: .utf8)
        try "[127.0.0.1]:\(port) \(hostKey)"
            .write(toFile: path("known_hosts"), atomically: true, encoding: .utf8)
        try configuration.write(toFile: path("sshd_config"), atomically: true, encoding: .utf8)
    }

    var target: SSHTarget {
        get throws {
            let hostKey = try String(contentsOfFile: path("host.pub"), encoding: .utf8)
            return SSHTarget(
                name: "the benchmark's server", host: "127.0.0.1", port: port, user: NSUserName(),
                hostKeys: HostKeyPin(hostKey).map { [$0] } ?? [],
                authentication: .keyFile(FilePath(path("client"))))
        }
    }

    /// Lets sshd run for as long as the body does.
    func run<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        // A server that root starts insists on this folder, which the init system makes.
        if geteuid() == 0 {
            try FileManager.default.createDirectory(
                atPath: "/run/sshd", withIntermediateDirectories: true)
        }
        var options = PlatformOptions()
        options.createSession = true
        let result = try await Subprocess.run(
            .path("/usr/sbin/sshd"), arguments: ["-D", "-f", path("sshd_config")],
            platformOptions: options, input: .none, output: .discarded, error: .discarded
        ) { execution in
            try await withCleanup {
                try await body()
            } cleanup: {
                await execution.teardown(using: [
                    .gracefulShutDown(
                        toProcessGroup: true, allowedDurationToNextStep: .seconds(1))
                ])
            }
        }
        return result.closureResult
    }

    func openMaster() async throws {
        // The master stays in the background; it must not hold our pipes open.
        let command = CommandLineText(["ssh"] + options + ["-M", "-N", "-f", "127.0.0.1"])
        try await Tool.run(
            "sh", ["-c", "exec \(command) > /dev/null 2>&1"], deadline: deadline
        ).succeeded()
    }

    func closeMaster() async {
        // The server's end ends it as well.
        _ = try? await client(["-O", "exit", "127.0.0.1"])
    }

    /// Runs that many commands from one shell: the least that using OpenSSH can cost.
    func loop(_ count: Int) async throws {
        let command = CommandLineText(["ssh"] + options + ["127.0.0.1", "true"])
        try await Tool.run(
            "sh", ["-ec", "i=0; while [ $i -lt \(count) ]; do \(command); i=$((i+1)); done"],
            deadline: deadline
        ).succeeded()
    }

    private func client(_ arguments: [String]) async throws -> ToolOutput {
        try await Tool.run("ssh", options + arguments, deadline: deadline)
    }

    private var options: [String] {
        [
            "-F", "none", "-S", path("control"), "-p", "\(port)", "-i", path("client"), "-o",
            "BatchMode=yes", "-o", "IdentitiesOnly=yes", "-o",
            "UserKnownHostsFile=\(path("known_hosts"))", "-o", "StrictHostKeyChecking=yes", "-n",
        ]
    }

    /// With SHLVL, bash does not take itself for a login over ssh and leaves ~/.bashrc unread: what
    /// somebody has in it is not to be measured.
    private var configuration: String {
        """
        ListenAddress 127.0.0.1
        Port \(port)
        HostKey \(path("host"))
        AuthorizedKeysFile \(path("client.pub"))
        PidFile none
        StrictModes no
        UsePAM no
        PasswordAuthentication no
        PermitRootLogin yes
        SetEnv SHLVL=2

        """
    }

    private func path(_ name: String) -> String { folder.appending(name).string }
}
