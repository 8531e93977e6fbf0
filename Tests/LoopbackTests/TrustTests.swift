// SPDX-License-Identifier: GPL-3.0-or-later

import BenchServices
import Foundation
import Scheduling
import SecureShell
import SystemPackage
import Testing
import Vocabulary

extension LoopbackStories {
    @Suite("Who is on the other side, and who are we")
    struct TrustTests {
        @Test("a server whose key is not pinned is refused, and its fingerprint is shown")
        func unknownHostKey() async throws {
            try await LoopbackServer.run { server in
                let error = await refusal(of: server.target(pins: []))
                guard case .unknownHostKey(let offered) = error?.cause else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(offered.fingerprint == HostKeyPin(server.hostKeyLine)?.fingerprint)
                #expect(error?.description.contains("board enrol") == true)
            }
        }

        @Test("a server whose key has changed is refused, and both fingerprints are shown")
        func changedHostKey() async throws {
            try await LoopbackServer.run { server in
                let other = try await server.fingerprint(ofKey: "other-host")
                let actual = try await server.fingerprint(ofKey: "host")
                let pin = try #require(HostKeyPin(other))
                let error = await refusal(of: server.target(pins: [pin]))
                let sentence = error?.description ?? ""
                #expect(sentence.contains(other) && sentence.contains(actual))
                #expect(error?.kind == .bench)
            }
        }

        @Test(
            "a key that was fetched and pinned is accepted", arguments: LoopbackServer.Kind.allCases
        )
        func enrolling(kind: LoopbackServer.Kind) async throws {
            try await LoopbackServer.run(kind) { server in
                let offered = try await SSHConnection.fetchHostKey(
                    of: "the loopback", host: "127.0.0.1", port: server.port, deadline: soon)
                let pin = try #require(HostKeyPin(offered.publicKeyLine))
                try await SSHConnection.withConnection(
                    to: server.target(pins: [pin]), deadline: soon
                ) { connection in
                    #expect(await connection.hostKey == offered)
                }
            }
        }

        @Test("our fingerprint is the one that ssh-keygen prints")
        func fingerprint() async throws {
            try await LoopbackServer.run { server in
                let printed = try await server.fingerprint(ofKey: "host")
                #expect(HostKeyPin(server.hostKeyLine)?.fingerprint.description == printed)
            }
        }

        @Test("among several keys of a server the pinned type is asked for")
        func pinnedType() async throws {
            try await LoopbackServer.run(extraHostKey: "ecdsa") { server in
                let line = try String(
                    contentsOfFile: "\(server.folder)/host-ecdsa.pub", encoding: .utf8)
                let pin = try #require(HostKeyPin(line))
                try await SSHConnection.withConnection(
                    to: server.target(pins: [pin]), deadline: soon
                ) { connection in
                    #expect(await connection.hostKey?.algorithm == "ecdsa-sha2-nistp256")
                }
            }
        }

        @Test(
            "a key that the server does not know is refused",
            arguments: LoopbackServer.Kind.allCases)
        func strangerKey(kind: LoopbackServer.Kind) async throws {
            try await LoopbackServer.run(kind) { server in
                let stranger = FilePath("\(server.folder)/stranger")
                let error = await refusal(of: server.target(key: stranger))
                guard case .notAuthenticated(let user, _) = error?.cause else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(user == NSUserName())
            }
        }

        @Test("a key file that others may read is refused, and the remedy is told")
        func openKeyFile() async throws {
            try await LoopbackServer.run { server in
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o644], ofItemAtPath: server.clientKey.string)
                let error = await refusal(of: server.target())
                #expect(error?.kind == .suite)
                #expect(error?.description.contains("0644") == true)
                #expect(error?.description.contains("chmod 600 \(server.clientKey)") == true)
            }
        }

        @Test("a key file that is missing, or no key, is told by name")
        func badKeyFile() async throws {
            try await LoopbackServer.run { server in
                let missing = await refusal(of: server.target(key: "/no/such/key"))
                #expect(missing?.description.contains("/no/such/key cannot be opened") == true)
                let noKey = FilePath("\(server.folder)/sshd_config")
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o600], ofItemAtPath: noKey.string)
                let unusable = await refusal(of: server.target(key: noKey))
                #expect(unusable?.description.contains("no usable private key") == true)
            }
        }

        @Test("a key with a passphrase is refused without a question")
        func passphrase() async throws {
            try await LoopbackServer.run { server in
                let path = "\(server.folder)/locked"
                _ = try await Tool.run(
                    "ssh-keygen", ["-q", "-t", "ed25519", "-N", "secret", "-f", path],
                    deadline: soon
                ).succeeded()
                let error = await refusal(of: server.target(key: FilePath(path)))
                #expect(error?.description.contains("use the agent") == true)
            }
        }

        @Test("a port where nobody listens is unreachable at once")
        func nobodyListens() async throws {
            let pin = try #require(
                HostKeyPin("SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"))
            let port = try FreePort.find()
            let key = FilePath(NSTemporaryDirectory() + "doorbell-no-key")
            let target = SSHTarget(
                name: "board x", host: "127.0.0.1", port: port, user: "root", hostKeys: [pin],
                authentication: .keyFile(key))
            let start = ContinuousClock.now
            let error = await refusal(of: target)
            guard case .unreachable(let reason) = error?.cause else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(reason.contains("Connection refused"))
            #expect(ContinuousClock.now - start < .seconds(2))
        }

        private func refusal(of target: SSHTarget) async -> SSHError? {
            await #expect(throws: SSHError.self) {
                try await SSHConnection.withConnection(to: target, deadline: soon) { _ in }
            }
        }
    }
}

extension LoopbackServer {
    /// What OpenSSH's own tool says about a key.
    fileprivate func fingerprint(ofKey name: String) async throws -> String {
        let output = try await Tool.run(
            "ssh-keygen", ["-l", "-f", "\(folder)/\(name).pub"], deadline: soon
        ).succeeded()
        return String(try #require(output.text.split(separator: " ").dropFirst().first))
    }
}
