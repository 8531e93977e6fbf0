// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing

extension VirtualBoardTier {
    @Suite("A controller that dies or is stopped")
    struct DeathTests {
        @Test("while its board boots: no QEMU is left, and the run is known as interrupted")
        func inTheBoot() async throws {
            try await Scene.with { scene in
                try scene.write([SceneBoard()])
                async let output = scene.run()
                _ = try await scene.qemu(of: "its")
                kill(try await scene.controller(), SIGKILL)
                #expect(try await output.status == .killed(by: SIGKILL))
                try await scene.expectNoQEMU()
                #expect(try await scene.states() == ["interrupted"])
            }
        }

        @Test("in the middle of a case, or while it archives: the next run works")
        func later() async throws {
            try await Scene.with { scene in
                try scene.write([SceneBoard()])
                try scene.write(SceneSuite.long, to: "long.yaml")
                async let first = scene.run(scene.folder.appending("long.yaml").string)
                try await scene.awaitJournal("\"ring\"")
                kill(try await scene.controller(), SIGKILL)
                #expect(try await first.status == .killed(by: SIGKILL))
                try await scene.expectNoQEMU()
                #expect(try await scene.states() == ["interrupted"])
                #expect(scene.journal.contains("stepDone"), "what was seen before is kept")

                async let second = scene.run("--case", "one-vector")
                while scene.runs.count < 2 { try await Task.sleep(for: .milliseconds(20)) }
                try await scene.awaitJournal("runEnded")
                scene.killController()
                _ = try await second
                let state = try await scene.states().first
                #expect(state == "interrupted" || scene.text("manifest.json") != nil)

                let third = try await scene.run("--case", "one-vector")
                #expect(third.status == .exited(0), "\(third.seen)")
                #expect(try await scene.states().count == 3)
            }
        }

        @Test("is interrupted in the middle of a case: it gives back, archives, and exits with 130")
        func interrupted() async throws {
            try await Scene.with { scene in
                try scene.write([SceneBoard()])
                try scene.write(SceneSuite.long, to: "long.yaml")
                async let running = scene.run(scene.folder.appending("long.yaml").string)
                try await scene.awaitJournal("\"ring\"")
                kill(try await scene.controller(), SIGINT)
                let output = try await running
                #expect(output.status == .exited(130), "\(output.seen)")
                #expect(scene.journal.contains("boardReleased"))
                #expect(scene.journal.contains("stopRequested"))
                let manifest = try #require(scene.text("manifest.json"))
                #expect(manifest.contains(#""wasInterrupted" : true"#))
                #expect(scene.text("boards/\(scene.tag)-its/cases/long/long/case.json") != nil)
                #expect(scene.text("boards/\(scene.tag)-its/cases/long/long/trace.txt") != nil)
                #expect(output.text.contains("interrupted"), "\(output.text)")
            }
        }

        @Test("is interrupted twice: it ends at once")
        func interruptedTwice() async throws {
            try await Scene.with { scene in
                try scene.write([SceneBoard()])
                let slow = SceneSuite.suite(
                    "slow", devices: "{a: edu}",
                    steps: [
                        "attach: {device: a, to: c}", "arm: {device: a, kind: msi, vectors: 1}",
                        "ring: {device: a, vector: 0, count: 100000}",
                    ])
                try scene.write(slow, to: "slow.yaml")
                async let running = scene.run(scene.folder.appending("slow.yaml").string)
                try await scene.awaitJournal("\"arm\"")
                let controller = try await scene.controller()
                kill(controller, SIGINT)
                // Two that are pending together count as one.
                try await Task.sleep(for: .milliseconds(500))
                kill(controller, SIGINT)
                let output = try await running
                #expect(output.status == .exited(130), "\(output.seen)")
                #expect(scene.text("manifest.json") == nil)
                #expect(try await scene.states() == ["interrupted"])
            }
        }
    }
}
