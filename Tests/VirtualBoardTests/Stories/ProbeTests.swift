// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing
import VirtualBoards

extension VirtualBoardTier {
    /// A board that no lab knows yet.
    @Suite("A live board that is only looked at")
    struct ProbeTests {
        @Test("gets a lab that is accepted and agrees, and stays as it was")
        func probed() async throws {
            let spec = MachineSpec(name: "probed", interruptController: .gicV2)
            try await Bench.withMachine(spec) { machine in
                try await Scene.with { scene in
                    let newcomer = try Newcomer(scene: scene, login: machine.login)
                    try await newcomer.isRefusedWithoutItsKey()
                    try await newcomer.staysAsItWas()
                    try await newcomer.isProbedByName()
                    try await newcomer.agrees()
                }
            }
        }
    }
}

/// The stories of one board, in the order in which one follows from another.
private struct Newcomer {
    let scene: Scene
    let login: BootedMachine.Login
    let shell: BoardShell
    let words: [String]

    init(scene: Scene, login: BootedMachine.Login) throws {
        (self.scene, self.login) = (scene, login)
        shell = BoardShell(port: login.port, key: login.clientKey)
        let key = try String(contentsOfFile: login.clientKey.string, encoding: .utf8)
        try scene.write(key, to: "id", mode: 0o600)
        words = [
            "board", "probe", "127.0.0.1", "--name", "there", "--port", "\(login.port)",
            "--identity", scene.folder.appending("id").string,
        ]
    }

    func isRefusedWithoutItsKey() async throws {
        let unsaid = try await scene.doorbell(words)
        #expect(unsaid.status == .exited(2), "\(unsaid.seen)")
        let nobody = try await scene.doorbell(words + ["--enrol"])
        #expect(nobody.status == .exited(2), "\(nobody.seen)")
        #expect(nobody.errors.contains("SHA256:"), "\(nobody.seen)")
        let other = "SHA256:\(String(repeating: "B", count: 42))A"
        let wrong = try await scene.doorbell(words + ["--host-key", other])
        #expect(wrong.status == .exited(3), "\(wrong.seen)")
        #expect(wrong.text.isEmpty)
    }

    func staysAsItWas() async throws {
        let before = try await traces()
        let output = try await scene.doorbell(words + ["--host-key", "\(login.hostKey)"])
        #expect(output.status == .exited(0), "\(output.seen)")
        #expect(try await traces() == before)
        try scene.write(output.text, to: "lab.yaml")
        // Where QEMU's machine has the frame, and what its register says: hw/arm/virt.c, 7.2.
        #expect(
            output.text.contains("{controller: gicv2m, base: 0x08020000, interrupts: 80-143}"),
            "\(output.text)")
        #expect(output.text.contains("carries the SSH connection (eth0)"), "\(output.text)")
        #expect(output.text.contains("[1234:11e8]: edu"), "\(output.text)")
        #expect(output.text.contains("SMMUv3 smmu3.0x0000000009050000"), "\(output.text)")
        #expect(output.text.contains("CPU pages 4KiB"), "\(output.text)")
    }

    /// Its files, its mounts and its drivers.
    private func traces() async throws -> String {
        let files = try await shell.run("ls -A / /root /run /tmp; cat /proc/mounts").text
        let drivers = try await shell.drivers().sorted { $0.key < $1.key }
        return files + "\(drivers)"
    }

    func isProbedByName() async throws {
        let lab = scene.lab.string
        let check = try await scene.doorbell(["check", lab])
        #expect(check.status == .exited(0), "\(check.seen)")
        let again = try await scene.doorbell(["board", "probe", "--board", "there", "--lab", lab])
        #expect(again.status == .exited(0), "\(again.seen)")
        let first = try String(contentsOfFile: lab, encoding: .utf8)
        #expect(again.text == first)
        for words in [["--user", "me"], ["--port", "22"], ["--identity", "id"], ["--enrol"]] {
            let doubled = try await scene.doorbell(
                ["board", "probe", "--board", "there", "--lab", lab] + words)
            #expect(doubled.status == .exited(2), "\(words): \(doubled.seen)")
            #expect(doubled.errors.contains("The lab says how the board is reached"))
        }
    }

    func agrees() async throws {
        let output = try await scene.run("--case", "one-vector")
        #expect(output.status == .exited(0), "\(output.seen)")
    }
}
