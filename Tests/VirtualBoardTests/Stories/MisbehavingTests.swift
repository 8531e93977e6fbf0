// SPDX-License-Identifier: GPL-3.0-or-later

import Scheduling
import SystemPackage
import Testing

extension VirtualBoardTier {
    @Suite("A device that misbehaves is told of, and its board is given back")
    struct MisbehavingTests {
        private static let board = SceneBoard(devices: [
            "edu", "{kind: e1000e, root-port: true}", "virtio-rng",
        ])

        /// Rings one device for a long time, in many short steps.
        private static func ringing(_ device: String, kind: String) -> String {
            let ring = "ring: {device: a, vector: 0, count: 20}"
            return SceneSuite.suite(
                "bad", devices: "{a: \(device)}",
                steps: ["attach: {device: a, to: c}", "arm: {device: a, kind: \(kind)}"]
                    + [String](repeating: ring, count: 40))
        }

        /// Rings a device, and has a script do something to the board meanwhile.
        private func output(
            ringing device: String, _ kind: String, while script: String,
            _ check: (Scene, ToolOutput) -> Void
        ) async throws {
            try await Scene.with { scene in
                try scene.write([Self.board])
                try scene.write(Self.ringing(device, kind: kind), to: "bad.yaml")
                async let running = scene.run(scene.folder.appending("bad.yaml").string)
                let qemu = try await scene.qemu(of: "its")
                try await scene.awaitRing(on: "its")
                // A board whose run ends meanwhile is switched off under the script.
                _ = try await BoardShell.reach(qemu: qemu).run(script)
                let output = try await running
                #expect(scene.journal.contains("boardReleased"))
                check(scene, output)
            }
        }

        /// The power of its slot is switched off: bits 6 to 10 of Slot Control, which QEMU's root
        /// port has at 0x6c (PCIe 5.0, 7.5.3.10).
        @Test("A device that is gone answers with ones: the bench's fault, and its loss is told")
        func gone() async throws {
            let port = "/sys/bus/pci/devices/0000:00:03.0/config"
            let script = #"printf '\300\007' | dd of=\#(port) bs=2 seek=54 conv=notrunc"#
            try await output(ringing: "e1000e", "msix", while: script) { _, output in
                #expect(output.status == .exited(3), "\(output.seen)")
                #expect(output.seen.contains("the device does not answer"), "\(output.seen)")
                #expect(output.seen.contains("inconclusive (bench)"), "\(output.seen)")
                #expect(output.seen.contains("bind 0000:01:00.0 to e1000e"), "\(output.seen)")
            }
        }

        @Test("A device that stops ringing is a finding with how many raises came")
        func silent() async throws {
            let config = "/sys/bus/pci/devices/0000:00:02.0/config"
            // Memory is decoded, and the device is no bus master (PCI 3.0, 6.2.2).
            let script = """
                n=0; while [ $n -lt 300 ]; do printf '\\002\\000' |
                dd of=\(config) bs=2 seek=2 conv=notrunc 2>/dev/null; n=$((n + 1)); done
                """
            try await output(ringing: "edu", "msi", while: script) { _, output in
                #expect(output.status == .exited(1), "\(output.seen)")
                #expect(output.seen.contains("INV-66"), "\(output.seen)")
                #expect(output.seen.contains("of 20, 0 spurious"), "\(output.seen)")
            }
        }

        @Test("A device whose memory is not decoded is the bench's fault, and the agent lives on")
        func undecoded() async throws {
            let config = "/sys/bus/pci/devices/0000:00:02.0/config"
            let script = """
                n=0; while [ $n -lt 300 ]; do printf '\\000\\000' |
                dd of=\(config) bs=2 seek=2 conv=notrunc 2>/dev/null; n=$((n + 1)); done
                """
            try await output(ringing: "edu", "msi", while: script) { _, output in
                #expect(output.status == .exited(3), "\(output.seen)")
                #expect(output.seen.contains("inconclusive (bench)"), "\(output.seen)")
                #expect(!output.seen.contains("inconclusive (harness)"), "\(output.seen)")
            }
        }

        /// A controller whose CC.EN is clear carries nothing out (NVMe 1.4, 3.1.5).
        @Test("An NVMe that its own register disabled rings no more until it is armed anew")
        func disabled() async throws {
            let begin = [
                "attach: {device: n, to: c}", "map: {in: c, at: 0x10000000, size: 16pages}",
                "arm: {device: n, kind: msix, vectors: 2}",
                "ring: {device: n, vector: 1, count: 20}", "disturb: n",
            ]
            let again = "arm: {device: n, kind: msix, vectors: 2}"
            let ring = "ring: {device: n, vector: 1, count: 20}"
            try await Scene.with { scene in
                try scene.write([SceneBoard(devices: ["nvme", "virtio-rng"])])
                for (name, rest) in [("anew", [again, ring]), ("still", [ring])] {
                    let suite = SceneSuite.suite(name, devices: "{n: nvme}", steps: begin + rest)
                    try scene.write(suite, to: "\(name).yaml")
                }
                let anew = try await scene.run(scene.folder.appending("anew.yaml").string)
                #expect(anew.status == .exited(0), "\(anew.seen)")
                #expect(anew.seen.contains("1 agrees"), "\(anew.seen)")
                // The model knows that nothing can ring there, and the record says why nobody did.
                let still = try await scene.run(scene.folder.appending("still.yaml").string)
                #expect(still.status == .exited(0), "\(still.seen)")
                let record = scene.text("boards/\(scene.tag)-its/cases/still/still/case.json")
                #expect(record?.contains("the device has no queue for this vector") == true)
                #expect(scene.journal.contains("boardReleased"))
            }
        }
    }
}
