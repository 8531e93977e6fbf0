// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing
import VirtualBoards

extension VirtualBoardTier {
    /// One virtual board plays a board of the lab, switched on by somebody else, in all stories.
    @Suite("A board that is there already and is reached over SSH alone")
    struct RemoteBoardTests {
        @Test("is enrolled, worked on, given back, and repaired after a dead controller")
        func stories() async throws {
            let spec = MachineSpec(name: "remote", interruptController: .gicV3)
            try await Bench.withMachine(spec) { machine in
                try await Scene.with { scene in
                    let remote = try Remote(scene: scene, login: machine.login)
                    try await remote.isEnrolled()
                    try await remote.agreesWithPowerAndConsole()
                    try await remote.isRefusedWithAnotherKey()
                    try await remote.refusesAnOpenKeyFile()
                    try await remote.keepsItsKernel()
                    try await remote.isRepairedAfterADeadController()
                    try await remote.isGivenBackByAnInterruptedRun()
                }
            }
        }

        @Test("that refuses the connection is told of without a long wait")
        func refused() async throws {
            try await Scene.with { scene in
                // Port 1 is reserved (RFC 1340, tcpmux), and nobody has served it for decades.
                let lab = SceneBoard.remoteLab(
                    port: 1,
                    [
                        "host-key: SHA256:\(String(repeating: "A", count: 43))", "identity: key",
                        "timeouts: {connect: 2s}",
                    ])
                try scene.write(lab, to: "lab.yaml")
                let output = try await scene.run("--case", "one-vector")
                #expect(output.status == .exited(3), "\(output.seen)")
                #expect(output.text.contains("onnection refused"), "\(output.text)")
                #expect(scene.text("manifest.json")?.contains(#""kind" : "bench""#) == true)
            }
        }
    }
}

/// The stories of a board that stays on, in the order in which one follows from another.
private struct Remote {
    let scene: Scene
    let login: BootedMachine.Login
    let shell: BoardShell

    init(scene: Scene, login: BootedMachine.Login) throws {
        (self.scene, self.login) = (scene, login)
        shell = BoardShell(port: login.port, key: login.clientKey)
        try FileManager.default.createDirectory(
            atPath: scene.folder.appending("keys").string, withIntermediateDirectories: false)
        let key = try String(contentsOfFile: login.clientKey.string, encoding: .utf8)
        try scene.write(key, to: "keys/id", mode: 0o600)
        try scene.write(SceneSuite.disk, to: "disk.yaml")
        try scene.write(SceneSuite.long, to: "long.yaml")
    }

    private func writeLab(_ more: String...) throws {
        let known = ["host-key: \(login.hostKey)", "identity: keys/id"]
        try scene.write(SceneBoard.remoteLab(port: login.port, known + more), to: "lab.yaml")
    }

    private func enrol(_ words: String...) async throws -> ToolOutput {
        try await scene.doorbell(["board", "enrol", "there", "--lab", scene.lab.string] + words)
    }

    func isEnrolled() async throws {
        let lab = SceneBoard.remoteLab(port: login.port, ["identity: keys/id"])
        try scene.write(lab, to: "lab.yaml")
        let unknown = try await scene.run("--case", "one-vector")
        #expect(unknown.status == .exited(3), "\(unknown.seen)")
        #expect(unknown.text.contains("doorbell board enrol there"), "\(unknown.text)")

        let wrong = try await enrol("--yes", "--expect", "SHA256:nobody")
        #expect(wrong.status == .exited(3), "\(wrong.seen)")
        #expect(try String(contentsOfFile: scene.lab.string, encoding: .utf8) == lab)
        let offered = try #require(
            wrong.seen.split(whereSeparator: { " ,\n".contains($0) })
                .first { $0.hasPrefix("SHA256:") && $0.count == 50 })

        let pinned = try await enrol("--yes", "--expect", String(offered))
        #expect(pinned.status == .exited(0), "\(pinned.seen)")
        let text = try String(contentsOfFile: scene.lab.string, encoding: .utf8)
        #expect(text.contains("host-key: \(login.hostKey)"))
        let output = try await scene.run("--case", "one-vector")
        #expect(output.status == .exited(0), "\(output.seen)")
    }

    func agreesWithPowerAndConsole() async throws {
        let log = scene.folder.appending("power.log").string
        let script = """
            #!/bin/sh
            echo "$1" >>'\(log)'
            case $1 in
                on) : >'\(log).on' ;;
                status) [ -e '\(log).on' ] ;;
            esac
            """
        try scene.write(script, to: "power", mode: 0o755)
        let power = scene.folder.appending("power").string
        try writeLab(
            "power: {'on': [\(power), 'on'], 'off': [\(power), 'off'], status: [\(power), status]}",
            "console: {command: [sh, -c, 'echo a word from the console; sleep 1000']}")
        let output = try await scene.run("--case", "one-vector", "--case", "unsafe-interrupts")
        #expect(output.status == .exited(0), "\(output.seen)")
        let words = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
        #expect(words == ["status", "on", "status"])
        let console = scene.text("boards/there/console.log")
        #expect(console?.contains("a word from the console") == true)
    }

    func isRefusedWithAnotherKey() async throws {
        let other = "SHA256:\(String(repeating: "B", count: 43))"
        let known = ["host-key: \(other)", "identity: keys/id"]
        try scene.write(SceneBoard.remoteLab(port: login.port, known), to: "lab.yaml")
        let output = try await scene.run("--case", "one-vector")
        #expect(output.status == .exited(3), "\(output.seen)")
        let pattern = /its host key is SHA256:[A-Za-z0-9+\/]{43} \(ssh-ed25519\), but pinned is/
        #expect(output.text.contains(pattern), "\(output.text)")
        #expect(output.text.contains(other))
    }

    func refusesAnOpenKeyFile() async throws {
        try writeLab()
        let key = scene.folder.appending("keys").appending("id").string
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
        let output = try await scene.run("--case", "one-vector")
        #expect(output.status == .exited(3), "\(output.seen)")
        #expect(output.text.contains("chmod 600 \(key)"), "\(output.text)")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
    }

    func keepsItsKernel() async throws {
        let output = try await scene.run("--case", "one-vector", "--kernel", "debian-6.12")
        #expect(output.status == .exited(3), "\(output.seen)")
        #expect(output.text.contains("could not boot kernel debian-6.12"), "\(output.text)")
    }

    func isRepairedAfterADeadController() async throws {
        let before = try await shell.drivers()
        #expect(before.values.contains("nvme"))
        let suite = SceneSuite.suite(
            "both", devices: "{a: edu, n: nvme}",
            steps: ["attach: {device: n, to: c}", "attach: {device: a, to: c}"]
                + ["arm: {device: a, kind: msi, vectors: 1}"]
                + [String](repeating: "ring: {device: a, vector: 0, count: 500}", count: 60))
        try scene.write(suite, to: "both.yaml")
        let count = scene.runs.count
        async let running = scene.run(scene.folder.appending("both.yaml").string)
        try await scene.awaitRun(count + 1, journal: "\"ring\"")
        kill(try await scene.controller(), SIGKILL)
        _ = try await running
        #expect(try await shell.drivers().values.filter { $0 == "vfio-pci" }.count == 2)
        #expect(try await gate() == "Y")

        let next = try await scene.run(scene.folder.appending("disk.yaml").string)
        #expect(next.status == .exited(0), "\(next.seen)")
        #expect(try await shell.drivers() == before)
        #expect(try await gate() == "N")
        #expect(try await shell.run("ls -A /run/doorbell/taken").text == "")
    }

    func isGivenBackByAnInterruptedRun() async throws {
        let before = try await shell.drivers()
        let count = scene.runs.count
        async let running = scene.run(scene.folder.appending("both.yaml").string)
        try await scene.awaitRun(count + 1, journal: "\"ring\"")
        kill(try await scene.controller(), SIGINT)
        #expect(try await running.status == .exited(130))
        #expect(try await shell.drivers() == before)
        #expect(try await gate() == "N")
    }

    private func gate() async throws -> String {
        let path = "/sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts"
        return try await shell.run("cat \(path)").succeeded().text
            .trimmingCharacters(in: .newlines)
    }
}

extension Scene {
    /// Awaits that so many runs were begun, and that the newest one's journal says something.
    fileprivate func awaitRun(_ number: Int, journal word: String) async throws {
        while runs.count < number { try await Task.sleep(for: .milliseconds(10)) }
        try await awaitJournal(word)
    }
}
