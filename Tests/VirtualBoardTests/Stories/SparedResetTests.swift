// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing

extension VirtualBoardTier {
    @Suite("A board whose devices must not be reset")
    struct SparedResetTests {
        private static let suite = SceneSuite.suite(
            "reset", devices: "{a: edu}",
            steps: [
                "attach: {device: a, to: c}", "reset: a",
                "arm: {device: a, kind: msi, vectors: 1}",
                "ring: {device: a, vector: 0, count: 10}", "disarm: a",
            ])

        @Test("The reset is left out with the lab's reason, and nothing is concluded from it")
        func spared() async throws {
            try await Scene.with { scene in
                let reason = "the link does not come back"
                try scene.write([
                    SceneBoard(name: "kept", more: ["skip-reset: \(reason)"]),
                    SceneBoard(name: "free"),
                ])
                try scene.write(Self.suite, to: "reset.yaml")
                let output = try await scene.run(scene.folder.appending("reset.yaml").string)
                #expect(output.status == .exited(0), "\(output.seen)")
                let kept = try #require(scene.record(of: "kept"))
                #expect(kept.contains(reason) && kept.contains("skip-reset"))
                #expect(!kept.contains("VFIO_DEVICE_RESET"))
                let free = try #require(scene.record(of: "free"))
                #expect(free.contains("VFIO_DEVICE_RESET") && !free.contains("notDone"))
                let verdict = try #require(scene.verdict(of: "kept"))
                #expect(!verdict.contains("reset"), "neither held nor found: \(verdict)")
            }
        }
    }
}

extension Scene {
    fileprivate func record(of board: String) -> String? {
        text("boards/\(tag)-\(board)/cases/reset/reset/case.json")
    }

    /// What was concluded of the case, without its name.
    fileprivate func verdict(of board: String) -> String? {
        text("boards/\(tag)-\(board)/cases/reset/reset/verdict.json")
    }
}
