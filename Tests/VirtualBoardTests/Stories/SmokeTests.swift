// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing

extension VirtualBoardTier {
    @Suite("The smoke suite, on both boards of the virtual lab")
    struct SmokeTests {
        @Test(
            "agrees with the model, and leaves reports and a manifest",
            arguments: ["debian-6.1", "debian-6.12"])
        func agrees(kernel: String) async throws {
            try await Scene.with { scene in
                let output = try await scene.doorbell([
                    "run", "--kernel", kernel, "--results", scene.results.string,
                ])
                #expect(output.status == .exited(0), "\(output.seen)")
                #expect(output.text.contains("14 cases: 14 agree"))
                #expect(scene.text("report.txt")?.contains("0x08000040") == true)
                #expect(scene.text("junit.xml")?.contains("tests=\"14\"") == true)
                #expect(try await scene.states() == ["complete"])
                try expectManifestLast(scene)
            }
        }

        private func expectManifestLast(_ scene: Scene) throws {
            let run = try #require(scene.runs.last)
            let files = try FileManager.default.subpathsOfDirectory(atPath: run.string)
            let times = try files.map { file in
                let path = run.appending(FilePath(file).components)
                let facts = try FileManager.default.attributesOfItem(atPath: path.string)
                let isFile = facts[.type] as? FileAttributeType == .typeRegular
                return (
                    file, isFile ? try #require(facts[.modificationDate] as? Date) : .distantPast
                )
            }
            // Files written in one tick of the kernel's clock have the same time.
            let last = times.map(\.1).max()
            #expect(times.first { $0.0 == "manifest.json" }?.1 == last)
        }

        @Test("differs from a model whose window lies elsewhere, and names the address")
        func wrongModel() async throws {
            try await Scene.with { scene in
                try scene.write([SceneBoard()])
                let output = try await scene.run(
                    "--case", "one-vector", "--model-window", "0x09000000")
                #expect(output.status == .exited(1), "\(output.seen)")
                #expect(output.text.contains("differs"))
                #expect(output.text.contains("0x09000000"))
                #expect(output.text.contains("0x08000000"))
            }
        }

        @Test("is run twice at once without one run disturbing the other")
        func twoAtOnce() async throws {
            try await Scene.with { one in
                try await Scene.with { other in
                    try one.write([SceneBoard()])
                    try other.write([SceneBoard(controller: "gicv2m")])
                    async let first = one.run("--case", "one-vector", "--case", "two-devices")
                    async let second = other.run("--case", "one-vector", "--case", "two-devices")
                    for output in try await [first, second] {
                        #expect(output.status == .exited(0), "\(output.seen)")
                    }
                }
            }
        }
    }
}
