// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing
import VirtualBoards

extension VirtualBoardTier {
    @Suite("The kernel that a board runs is taken from the board's own /boot")
    struct RunningKernelTests {
        @Test("Nothing there, another kernel there, and the one that runs")
        func imported() async throws {
            let spec = MachineSpec(name: "running", interruptController: .gicV3)
            try await Bench.withMachine(spec) { machine in
                try await Scene.with { scene in
                    try Self.writeLab(in: scene, machine.login)
                    let nothing = try await Self.takeKernel(in: scene)
                    #expect(nothing.status == .exited(3), "\(nothing.seen)")
                    #expect(nothing.errors.contains("/boot has no vmlinuz or Image"))

                    try await Self.put("linux-image-6.12.*+deb12-arm64", on: machine)
                    let other = try await Self.takeKernel(in: scene)
                    #expect(other.status == .exited(3), "\(other.seen)")
                    #expect(other.errors.contains("could not prove which kernel it runs"))
                    #expect(!Self.hasRecipe(scene))

                    try await Self.put("linux-image-6.1.0-*-arm64", on: machine)
                    let right = try await Self.takeKernel(in: scene)
                    #expect(right.status == .exited(0), "\(right.seen)")
                    #expect(right.text.contains(machine.ready.kernelRelease), "\(right.text)")
                    #expect(Self.hasRecipe(scene))
                }
            }
        }

        private static func writeLab(in scene: Scene, _ login: BootedMachine.Login) throws {
            let key = try String(contentsOfFile: login.clientKey.string, encoding: .utf8)
            try scene.write(key, to: "id", mode: 0o600)
            let keys = ["host-key: \(login.hostKey)", "identity: id"]
            try scene.write(SceneBoard.remoteLab(port: login.port, keys), to: "lab.yaml")
        }

        private static func takeKernel(in scene: Scene) async throws -> ToolOutput {
            try await scene.doorbell(
                ["kernel", "import", "taken", "--board", "there", "--lab", scene.lab.string],
                environment: ["DOORBELL_ROOT": scene.folder.string])
        }

        private static func hasRecipe(_ scene: Scene) -> Bool {
            FileManager.default.fileExists(
                atPath: scene.folder.string + "/Labs/Kernels/taken/kernel.yaml")
        }

        /// Puts a kernel where the one that runs would lie.
        private static func put(_ package: String, on machine: BootedMachine) async throws {
            let image = try await Bench.image(package).kernel.image
            let bytes = try Data(contentsOf: URL(filePath: image.string))
            let script = "mkdir -p /boot && cat > /boot/vmlinuz-$(uname -r)"
            try await Tool.run(
                "ssh",
                [
                    "-F", "none", "-p", "\(machine.login.port)", "-i",
                    machine.login.clientKey.string, "-o", "UserKnownHostsFile=/dev/null", "-o",
                    "StrictHostKeyChecking=no", "-o", "LogLevel=ERROR", "root@127.0.0.1", script,
                ], input: Array(bytes), deadline: .after(.seconds(240), for: "an upload")
            ).succeeded()
        }
    }
}
