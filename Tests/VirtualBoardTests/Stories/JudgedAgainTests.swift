// SPDX-License-Identifier: GPL-3.0-or-later

import Scheduling
import SystemPackage
import Testing

extension VirtualBoardTier {
    @Suite("A run that was archived, judged and modelled again without its board")
    struct JudgedAgainTests {
        @Test("keeps its verdict, loses it under another generation, and gives the model its facts")
        func again() async throws {
            try await Scene.with { scene in
                try scene.write([SceneBoard(controller: "gicv2m")])
                let first = try await scene.run("--case", "one-vector")
                #expect(first.status == .exited(0), "\(first.seen)")
                let run = try #require(scene.runs.last).string

                let same = try await scene.doorbell(["judge", run])
                #expect(same.status == .exited(0), "\(same.seen)")
                #expect(same.text.contains("1 case: 1 agrees"))

                let other = try await scene.doorbell(["judge", run, "--model-generation", "RFC"])
                #expect(other.status == .exited(1), "\(other.seen)")

                let model = try await scene.doorbell([
                    "model", "smoke", "--run", run, "--case", "one-vector",
                ])
                #expect(model.status == .exited(0), "\(model.seen)")
                #expect(model.text.contains("0x08000040"))
            }
        }
    }
}
