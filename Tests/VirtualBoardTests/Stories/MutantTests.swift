// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing

extension VirtualBoardTier {
    @Suite("Kernels with one bug each are compiled, booted and caught")
    struct MutantTests {
        /// A project of its own: what is judged there is nobody else's.
        private func project(_ scene: Scene) throws -> [String: String] {
            for name in ["Suites", "Labs"] {
                try FileManager.default.copyItem(
                    atPath: Scene.root.appending(name).string,
                    toPath: scene.folder.appending(name).string)
            }
            let agent =
                ProcessInfo.processInfo.environment["DOORBELL_AGENT"]
                ?? Scene.root.string + "/.build/agent/doorbell-agent"
            return ["DOORBELL_ROOT": scene.folder.string, "DOORBELL_AGENT": agent]
        }

        private func mutants(
            _ words: [String], _ environment: [String: String]
        ) async throws -> ToolOutput {
            // The kernel that they are variants of may have to be compiled first.
            try await Tool.run(
                Scene.executable.string, ["mutants"] + words,
                environment: Scene.environment(with: environment),
                deadline: .after(.seconds(1800), for: "mutants"))
        }

        @Test("A bug is caught by what must fall, a change without effect is not noticed")
        func caught() async throws {
            try await Scene.with { scene in
                let environment = try project(scene)
                let names = ["--only", "v2m-number-without-base", "equivalent-bitmap-by-bits"]
                let output = try await mutants(names, environment)
                #expect(output.status == .exited(0), "\(output.seen)")
                #expect(output.text.contains("[INV-07]"), "\(output.seen)")
                #expect(output.text.contains("2 kernels: 1 caught, 1 quiet"), "\(output.seen)")
                let again = try await mutants(names + ["--json"], environment)
                #expect(again.status == .exited(0), "\(again.seen)")
                #expect(again.text.contains("\"known\" : 2"), "\(again.seen)")
                #expect(again.text.contains("\"outcome\" : \"caught\""), "\(again.seen)")
            }
        }

        @Test("What does not compile is not judged; what no patch says is an error of the file")
        func notJudged() async throws {
            try await Scene.with { scene in
                let environment = try project(scene)
                let path = scene.folder.pushing("Suites/Mutants/equivalent-list-order.patch")
                let good = try String(contentsOfFile: path.string, encoding: .utf8)
                let lines = good.split(separator: "\n", omittingEmptySubsequences: false)
                let broken = lines.map {
                    $0.hasPrefix("+") && !$0.hasPrefix("+++") ? $0 + " @" : $0
                }
                try broken.joined(separator: "\n").write(
                    toFile: path.string, atomically: true, encoding: .utf8)
                let output = try await mutants(["--only", "equivalent-list-order"], environment)
                #expect(output.status == .exited(3), "\(output.seen)")
                #expect(output.text.contains("1 kernel: 1 not judged"), "\(output.seen)")
                #expect(output.text.contains("(kernel)"), "\(output.seen)")
                try good.replacing("Doorbell-Breaks: nothing", with: "Doorbell-Breaks: INV-0")
                    .write(toFile: path.string, atomically: true, encoding: .utf8)
                let refused = try await mutants(["--only", "equivalent-list-order"], environment)
                #expect(refused.status == .exited(2), "\(refused.seen)")
                #expect(
                    refused.errors.contains("error: 'INV-0' is no value of Doorbell-Breaks"),
                    "\(refused.seen)")
                let unknown = try await mutants(["--only", "equivalent-lists-order"], environment)
                #expect(unknown.status == .exited(2), "\(unknown.seen)")
                #expect(
                    unknown.errors.contains("Did you mean 'equivalent-list-order'?"),
                    "\(unknown.seen)")
            }
        }

        @Test("A compilation that is interrupted ends like every other verb")
        func interrupted() async throws {
            try await Scene.with { scene in
                for folder in ["linux", "Labs/Kernels/slow"] {
                    try FileManager.default.createDirectory(
                        atPath: scene.folder.string + "/" + folder,
                        withIntermediateDirectories: true)
                }
                let tree = scene.folder.appending("linux")
                try scene.write("", to: "linux/Kconfig")
                try scene.write("tinyconfig:\n\ttouch begun; sleep 60\n", to: "linux/Makefile")
                try scene.write(
                    "summary: x\nsource: {tree: \(tree)}\nconfiguration: {base: tinyconfig}\n",
                    to: "Labs/Kernels/slow/kernel.yaml")
                let script = """
                    "$0" kernel build slow & process=$!
                    until ls cache/kernels/trees/*/linux/begun >/dev/null 2>&1; do sleep 0.1; done
                    kill -INT $process; wait $process
                    """
                let output = try await Tool.run(
                    "sh", ["-c", script, Scene.executable.string],
                    environment: Scene.environment(with: [
                        "DOORBELL_ROOT": scene.folder.string,
                        "DOORBELL_CACHE": scene.folder.string + "/cache",
                    ]), directory: scene.folder,
                    deadline: .after(.seconds(60), for: "an interrupted compilation"))
                #expect(output.status == .exited(130), "\(output.seen)")
            }
        }
    }
}
