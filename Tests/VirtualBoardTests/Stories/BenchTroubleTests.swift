// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Foundation
import Scheduling
import SystemPackage
import Testing

extension VirtualBoardTier {
    @Suite("Trouble on the controller's own machine")
    struct BenchTroubleTests {
        @Test("QEMU is missing: the sentence names the package")
        func noQEMU() async throws {
            try await Scene.with { scene in
                try scene.write([SceneBoard()])
                let output = try await scene.run(environment: ["PATH": scene.folder.string])
                #expect(output.status == .exited(3), "\(output.seen)")
                #expect(output.text.contains("Install the Debian package qemu-system-arm"))
                #expect(scene.text("manifest.json") != nil)
            }
        }

        @Test("QEMU ends early: its own words are told")
        func endsEarly() async throws {
            try await Scene.with { scene in
                try scene.write([SceneBoard(more: ["cpu: cortex-nothing"])])
                let output = try await scene.run("--case", "one-vector")
                #expect(output.status == .exited(3), "\(output.seen)")
                #expect(output.text.contains("unable to find CPU model 'cortex-nothing'"))
            }
        }

        @Test("The agent was not built: no board is switched on for that")
        func noAgent() async throws {
            try await Scene.with { scene in
                try scene.write([SceneBoard()])
                let output = try await scene.run(environment: ["DOORBELL_AGENT": "/nowhere/agent"])
                #expect(output.status == .exited(3), "\(output.seen)")
                #expect(output.errors.contains("the agent's executable /nowhere/agent"))
                #expect(output.errors.contains("Build it with Sources/BoardAgent/build"))
                #expect(scene.runs.isEmpty)
            }
        }

        @Test("The agent is of another version: both are named, and it is our own error")
        func otherAgent() async throws {
            try await Scene.with { scene in
                try scene.write([SceneBoard()])
                try scene.write(try Self.agent(speaking: 9), to: "agent", mode: 0o755)
                let output = try await scene.run(
                    "--case", "one-vector",
                    environment: ["DOORBELL_AGENT": scene.folder.appending("agent").string])
                #expect(output.status == .exited(4), "\(output.seen)")
                let versions = "it speaks protocol version 9, this controller "
                #expect(output.text.contains(versions + "\(ProtocolVersion.current)"))
                #expect(scene.text("manifest.json") != nil)
            }
        }

        /// A shell script that refuses its first request in another edition of the protocol.
        private static func agent(speaking version: UInt16) throws -> String {
            let other = ProtocolVersion(rawValue: version)
            let refused = RefusedRequest(.version(agent: other, controller: .current))
            let frame = Frame(
                version: other, kind: .refused, request: RequestID(rawValue: 1),
                payload: refused.payload)
            let octal = frame.bytes.map { byte in
                "\\0" + String(byte, radix: 8)
            }.joined()
            return "#!/bin/sh\nprintf '%b' '\(octal)'\ncat >/dev/null\n"
        }

        @Test("A case asks for what the board does not have: only that case is inconclusive")
        func unmet() async throws {
            try await Scene.with { scene in
                try scene.write([SceneBoard(devices: ["edu", "virtio-rng"])])
                let output = try await scene.run(
                    "--case", "one-vector", "--case", "two-devices", "--case", "armed-beside",
                    "--case", "disarm-arm")
                #expect(output.status == .exited(3), "\(output.seen)")
                #expect(output.text.contains("all 1 of kind edu are in use or protected"))
                #expect(output.text.contains("the board has no e1000e"))
                #expect(output.text.contains("4 cases: 2 agree"), "\(output.text)")
            }
        }

        @Test("No space is left: a sentence, and what was written stays")
        func noSpace() async throws {
            try await Scene.with { scene in
                try scene.write([SceneBoard()])
                let output = try await scene.runOnSmallDisk()
                #expect(output.status == .exited(3), "\(output.seen)")
                #expect(
                    output.seen.contains("no space is left on the device")
                        || output.seen.contains("File too large"), "\(output.seen)")
                #expect(scene.journal.contains("boardReady"), "\(scene.journal)")
                #expect(scene.text("manifest.json") == nil)
                #expect(try await scene.states() == ["interrupted"])
            }
        }
    }
}

extension Scene {
    /// Runs the smoke suite with room for a part of its results only.
    ///
    /// A file system of its own is the real thing; where nobody may mount one, a limit on the size
    /// of files takes its place.
    fileprivate func runOnSmallDisk() async throws -> ToolOutput {
        let probe = try await Tool.run(
            "unshare", ["--map-root-user", "--mount", "true"],
            deadline: .after(.seconds(20), for: "unshare"))
        return probe.status == .exited(0) ? try await runOnTmpfs() : try await runWithLimit()
    }

    private func runOnTmpfs() async throws -> ToolOutput {
        let small = folder.appending("small").string
        try FileManager.default.createDirectory(
            atPath: small, withIntermediateDirectories: false)
        // The mount is gone with its last process: what is on it is copied before.
        let script = """
            mount -t tmpfs -o size=600k none "$1" || exit 99
            "$3" run --lab "$4" --results "$1"
            status=$?
            cp -r "$1" "$2"
            exit $status
            """
        return try await shell(
            ["unshare", "--map-root-user", "--mount", "sh"], script, small, results.string)
    }

    private func runWithLimit() async throws -> ToolOutput {
        // In blocks of 512 bytes: the journal of a whole run is longer.
        let script = #"ulimit -f 120; exec "$3" run --lab "$4" --results "$2""#
        return try await shell(["sh"], script, "", results.string)
    }

    private func shell(
        _ command: [String], _ script: String, _ small: String, _ results: String
    ) async throws -> ToolOutput {
        let words = ["-c", script, "sh", small, results, Self.executable.string, lab.string]
        return try await Tool.run(
            command[0], command.dropFirst() + words, environment: Self.environment(with: [:]),
            deadline: .after(.seconds(240), for: "a run with little room"))
    }
}
