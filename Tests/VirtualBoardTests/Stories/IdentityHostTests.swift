// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing

extension VirtualBoardTier {
    /// No board of the virtual lab is without translation for its host, so that no suite shows it.
    @Suite("A board whose host is not translated")
    struct IdentityHostTests {
        private static let suite = SceneSuite.suite(
            "identity", devices: "{n: nvme}",
            steps: [
                "attach: {device: n, to: c}", "map: {in: c, at: 0x10000000, size: 16pages}",
                "arm: {device: n, kind: msix, vectors: 2}",
                "ring: {device: n, vector: 1, count: 20}", "disarm: n", "detach: n", "give-back: n",
            ])

        @Test(
            "sends its own MSIs to the register itself, and an assigned device's not (INV-57)",
            arguments: ["its", "gicv2m"])
        func untranslated(controller: String) async throws {
            try await Scene.with { scene in
                try scene.write([
                    SceneBoard(
                        controller: controller, devices: ["nvme", "virtio-rng"],
                        more: ["command-line: [iommu.passthrough=1, iomem=relaxed]"])
                ])
                try scene.write(Self.suite, to: "identity.yaml")
                let output = try await scene.run(scene.folder.appending("identity.yaml").string)
                #expect(output.status == .exited(0), "\(output.seen)")
                let verdict = try #require(
                    scene.text("boards/\(scene.tag)-its/cases/identity/identity/verdict.json"))
                let place = try #require(verdict.range(of: "\"INV-57\""))
                #expect(verdict[place.upperBound...].prefix(60).contains("\"held\""))
            }
        }
    }
}
