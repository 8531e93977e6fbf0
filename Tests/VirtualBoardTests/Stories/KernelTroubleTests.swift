// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing

extension VirtualBoardTier {
    @Suite("A kernel that gets stuck or dies is told of as the kernel's fault")
    struct KernelTroubleTests {
        @Test("when it hangs in boot, with its last lines")
        func hang() async throws {
            try await Scene.with { scene in
                let sleeping = "command-line: [rdinit=/bin/busybox, --, sleep, '1000']"
                try scene.write([SceneBoard(more: [sleeping, "timeouts: {boot: 4s}"])])
                let output = try await scene.run("--case", "one-vector")
                #expect(output.status == .exited(3), "\(output.seen)")
                let sentence = "could not boot: there was no sign of being ready after 4"
                #expect(output.text.contains(sentence), "\(output.text)")
                #expect(scene.text("manifest.json")?.contains(#""kind" : "kernel""#) == true)
            }
        }

        @Test("when it panics in boot, without waiting for the boot's deadline")
        func panicInBoot() async throws {
            try await Scene.with { scene in
                try scene.write([SceneBoard(more: ["command-line: [rdinit=/nothing]"])])
                let start = ContinuousClock.now
                let output = try await scene.run("--case", "one-vector")
                #expect(start.duration(to: .now) < .seconds(120), "the boot may take 180 s")
                #expect(output.status == .exited(3), "\(output.seen)")
                #expect(output.text.contains("Kernel panic - not syncing: VFS"), "\(output.text)")
                #expect(scene.text("manifest.json")?.contains(#""kind" : "kernel""#) == true)
            }
        }

        @Test("when it panics in the middle of a case; the other board goes on")
        func panicInCase() async throws {
            try await Scene.with { scene in
                let patient = "timeouts: {step: 10min}"
                try scene.write([
                    SceneBoard(name: "dying", more: [patient]),
                    SceneBoard(name: "well", controller: "gicv2m"),
                ])
                try scene.write(SceneSuite.long, to: "long.yaml")
                async let running = scene.run(scene.folder.appending("long.yaml").string)
                let qemu = try await scene.qemu(of: "dying")
                try await scene.awaitRing(on: "dying")
                try await BoardShell.reach(qemu: qemu).doom("echo c > /proc/sysrq-trigger")
                let output = try await running
                #expect(output.status == .exited(3), "\(output.seen)")
                let lines = output.text.split(separator: "\n")
                #expect(lines.contains { $0.contains("-well") && $0.contains("agrees") })
                #expect(lines.contains { $0.contains("-dying") && $0.contains("inconclusive") })
                #expect(
                    output.text.contains("Kernel panic - not syncing: sysrq triggered crash"),
                    "\(output.text)")
                let manifest = try #require(scene.text("manifest.json"))
                #expect(manifest.contains(#""kind" : "kernel""#))
                #expect(!manifest.contains(#""kind" : "bench""#))
                let folder = "boards/\(scene.tag)-dying/cases/long/long"
                #expect(scene.text("\(folder)/case.json")?.contains("ring") == true)
            }
        }

        @Test("but not when the board's network is lost in a step: that is the bench's fault")
        func networkLost() async throws {
            try await Scene.with { scene in
                try scene.write([SceneBoard(more: ["timeouts: {step: 5s}"])])
                try scene.write(SceneSuite.long, to: "long.yaml")
                async let running = scene.run(scene.folder.appending("long.yaml").string)
                let qemu = try await scene.qemu(of: "its")
                try await scene.awaitRing(on: "its")
                try await BoardShell.reach(qemu: qemu).doom("ip link set eth0 down")
                let output = try await running
                #expect(output.status == .exited(3), "\(output.seen)")
                #expect(output.text.contains("inconclusive"))
                let manifest = try #require(scene.text("manifest.json"))
                #expect(manifest.contains(#""kind" : "bench""#), "\(manifest)")
                #expect(output.text.contains("could not answer"), "\(output.text)")
                try await scene.expectNoQEMU()
            }
        }
    }
}

extension Scene {
    /// Awaits that a board of the scene has rung.
    func awaitRing(on board: String) async throws {
        while true {
            try await awaitJournal("\"ring\"")
            let lines = journal.split(separator: "\n")
            if lines.contains(where: { $0.contains("\(tag)-\(board)") && $0.contains("\"ring\"") })
            {
                return
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
