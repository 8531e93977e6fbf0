// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing

extension VirtualBoardTier {
    @Suite("What a device does not have is the suite's mistake, and the board goes on")
    struct BadInputTests {
        /// Each list of steps, and what is told of the one that cannot be carried out.
        private static let cases: [(name: String, steps: [String], told: String)] = [
            (
                "vectors",
                ["attach: {device: a, to: c}", "arm: {device: a, kind: msi, vectors: 2}"],
                "has 1 vectors of kind msi, and 2 are asked for"
            ),
            (
                "mask",
                ["attach: {device: a, to: c}", "arm: {device: a, kind: msi}", "mask: {device: a}"],
                "the device has no mask bit for this vector"
            ),
            (
                "processor",
                [
                    "attach: {device: a, to: c}", "arm: {device: a, kind: msi}",
                    "steer: {device: a, processor: 7}",
                ], "does not take CPU 7"
            ),
        ]

        @Test("Too many vectors, no mask bits, a CPU that is not there")
        func impossible() async throws {
            try await Scene.with { scene in
                try scene.write([SceneBoard(name: "v")])
                var files: [String] = []
                for entry in Self.cases {
                    let suite = SceneSuite.suite(
                        entry.name, devices: "{a: edu}", steps: entry.steps)
                    try scene.write(suite, to: "\(entry.name).yaml")
                    files.append(scene.folder.appending("\(entry.name).yaml").string)
                }
                let output = try await scene.run(files[0], files[1], files[2])
                #expect(output.status == .exited(3), "\(output.seen)")
                for entry in Self.cases {
                    #expect(output.seen.contains(entry.told), "\(output.seen)")
                }
                #expect(!output.seen.contains("inconclusive (harness)"), "\(output.seen)")
            }
        }
    }
}
