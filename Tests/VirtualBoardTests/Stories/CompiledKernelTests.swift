// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing

extension VirtualBoardTier {
    @Suite("Kernels that are compiled here, and recipes that cannot be followed")
    struct CompiledKernelTests {
        /// Clean, the small kernel takes minutes; then it lies in the cache for every later run.
        @Test("The small kernel is compiled, booted, proved, and agrees on both boards")
        func small() async throws {
            let build = try await Tool.run(
                Scene.executable.string, ["kernel", "build", "small-6.1"],
                environment: Scene.environment(with: [:]),
                deadline: .after(.seconds(1800), for: "the small kernel"))
            #expect(build.status == .exited(0), "\(build.seen)")
            try await Scene.with { scene in
                let output = try await scene.doorbell([
                    "run", "--kernel", "small-6.1", "--results", scene.results.string,
                ])
                #expect(output.status == .exited(0), "\(output.seen)")
                #expect(output.text.contains("14 cases: 14 agree"))
                let shown = try await scene.doorbell(["kernel", "show", "small-6.1", "--json"])
                let hash = try #require(Self.value(of: "sha256", in: shown.text))
                let verdict = "boards/virt-its/cases/smoke/one-vector/verdict.json"
                for file in ["manifest.json", verdict] {
                    #expect(scene.text(file)?.contains(hash) == true, "\(file)")
                    #expect(scene.text(file)?.contains("\"small-6.1\"") == true, "\(file)")
                }
                #expect(scene.text("report.txt")?.contains(hash.prefix(16)) == true)
            }
        }

        @Test("A package that Debian does not have is the recipe's mistake")
        func noPackage() async throws {
            try await Scene.with { scene in
                try write("nowhere", "source: {debian-source: linux-source-0.1}", in: scene)
                let output = try await scene.doorbell(
                    ["kernel", "build", "nowhere"],
                    environment: ["DOORBELL_ROOT": scene.folder.string])
                #expect(output.status == .exited(2), "\(output.seen)")
                #expect(
                    output.errors.contains(
                        "the package linux-source-0.1 could not be fetched: Debian publishes no "
                            + "such package"), "\(output.seen)")
            }
        }

        @Test("An image for another architecture is named for what it is, and nothing is booted")
        func foreignImage() async throws {
            try await Scene.with { scene in
                try write("foreign", "source: {image: Image}", in: scene)
                var image = [UInt8](repeating: 0, count: 1024)
                image.replaceSubrange(0x202..<0x206, with: Array("HdrS".utf8))
                try Data(image).write(
                    to: URL(filePath: scene.folder.string + "/Labs/Kernels/foreign/Image"))
                try scene.write([SceneBoard(kernel: "foreign")])
                try FileManager.default.copyItem(
                    atPath: Scene.root.appending("Suites").string,
                    toPath: scene.folder.appending("Suites").string)
                let output = try await scene.run(
                    "--case", "one-vector",
                    environment: [
                        "DOORBELL_ROOT": scene.folder.string,
                        "DOORBELL_AGENT": Self.agent,
                    ])
                #expect(output.status == .exited(3), "\(output.seen)")
                #expect(output.text.contains("inconclusive (suite)"), "\(output.seen)")
                #expect(output.text.contains("it is a kernel for x86"), "\(output.seen)")
            }
        }

        private static var agent: String {
            ProcessInfo.processInfo.environment["DOORBELL_AGENT"]
                ?? Scene.root.string + "/.build/agent/doorbell-agent"
        }

        /// A recipe in the scene's own project folder.
        private func write(_ name: String, _ source: String, in scene: Scene) throws {
            let folder = "Labs/Kernels/\(name)"
            try FileManager.default.createDirectory(
                atPath: scene.folder.string + "/" + folder, withIntermediateDirectories: true)
            let configuration =
                source.contains("image") ? "" : "configuration: {base: tinyconfig}\n"
            try scene.write(
                "summary: x\n\(source)\n\(configuration)", to: "\(folder)/kernel.yaml")
        }

        private static func value(of key: String, in json: String) -> String? {
            json.split(separator: "\n").first { $0.contains("\"\(key)\"") }?
                .split(separator: "\"").dropFirst(2).last.map(String.init)
        }
    }
}
