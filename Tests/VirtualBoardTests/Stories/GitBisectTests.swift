// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing

extension VirtualBoardTier {
    @Suite("doorbell run as the script of git bisect run")
    struct GitBisectTests {
        /// A repository whose commits each hold the words that a run gets.
        private func commit(_ words: [String], in scene: Scene) async throws -> FilePath {
            let repository = scene.folder.appending("history")
            try FileManager.default.createDirectory(
                atPath: repository.string, withIntermediateDirectories: true)
            try await git(["init", "--quiet"], repository)
            for (number, words) in words.enumerated() {
                try scene.write("\(words) \n# \(number)\n", to: "history/words")
                try await git(["add", "words"], repository)
                try await git(["commit", "--quiet", "-m", "commit \(number)"], repository)
                try await git(["tag", "c\(number)"], repository)
            }
            return repository
        }

        @discardableResult
        private func git(
            _ words: [String], _ repository: FilePath, _ environment: [String: String] = [:]
        ) async throws -> ToolOutput {
            let who = ["-c", "user.name=Doorbell", "-c", "user.email=doorbell@localhost"]
            return try await Tool.run(
                "git", ["-C", repository.string] + who + words,
                environment: Scene.environment(with: environment),
                deadline: .after(.seconds(300), for: "git \(words.joined(separator: " "))"))
        }

        private func bisect(
            _ repository: FilePath, good: String, bad: String, in scene: Scene,
            _ environment: [String: String] = [:]
        ) async throws -> ToolOutput {
            let script = """
                #!/bin/sh
                exec '\(Scene.executable)' run --lab '\(scene.lab)' --results '\(scene.results)' \
                    --case one-vector --bisect-exit $(head -n 1 words)
                """
            try scene.write(script, to: "judge.sh", mode: 0o755)
            try await git(["bisect", "start", bad, good], repository).succeeded()
            return try await git(
                ["bisect", "run", scene.folder.appending("judge.sh").string], repository,
                environment)
        }

        /// A project of its own with a kernel that nobody can compile.
        private func project(in scene: Scene) throws -> [String: String] {
            for name in ["Suites", "Labs"] {
                try FileManager.default.copyItem(
                    atPath: Scene.root.appending(name).string,
                    toPath: scene.folder.appending(name).string)
            }
            for folder in ["linux", "Labs/Kernels/broken"] {
                try FileManager.default.createDirectory(
                    atPath: scene.folder.string + "/" + folder, withIntermediateDirectories: true)
            }
            try scene.write("", to: "linux/Kconfig")
            try scene.write("tinyconfig:\n\tfalse\n", to: "linux/Makefile")
            try scene.write(
                "summary: x\nsource: {tree: \(scene.folder.appending("linux"))}\n"
                    + "configuration: {base: tinyconfig}\n", to: "Labs/Kernels/broken/kernel.yaml")
            let agent =
                ProcessInfo.processInfo.environment["DOORBELL_AGENT"]
                ?? Scene.root.string + "/.build/agent/doorbell-agent"
            return ["DOORBELL_ROOT": scene.folder.string, "DOORBELL_AGENT": agent]
        }

        @Test("finds the commit whose kernel differs, leaves out what does not build")
        func finds() async throws {
            try await Scene.with { scene in
                try scene.write([SceneBoard()])
                let environment = try project(in: scene)
                let (good, bad) = ("", "--model-window 0x09000000")
                let broken = "--kernel broken"
                let repository = try await commit(
                    [good, good, good, broken, good, bad, bad, bad], in: scene)
                let output = try await bisect(
                    repository, good: "c0", bad: "c7", in: scene, environment)
                #expect(output.status == .exited(0), "\(output.seen)")
                let named = try await git(
                    ["describe", "--tags", "--exact-match", "refs/bisect/bad"], repository)
                #expect(named.text == "c5\n", "\(output.seen)")
                let log = try await git(["bisect", "log"], repository).text
                #expect(log.contains("git bisect skip"), "\(log)")
            }
        }

        @Test("stops git where nothing is known of the kernel: wrong usage, a bench that fails")
        func stops() async throws {
            try await Scene.with { scene in
                try scene.write([SceneBoard()])
                let repository = try await commit(
                    ["", "--board nobody", "--board nobody", ""], in: scene)
                let output = try await bisect(repository, good: "c0", bad: "c3", in: scene)
                #expect(output.status != .exited(0), "\(output.seen)")
                #expect(output.seen.contains("board 'nobody'"), "\(output.seen)")
                let log = try await git(["bisect", "log"], repository).text
                #expect(!log.contains("first bad commit"), "\(log)")
            }
        }

        @Test(
            "ends with 128 for whatever is not the kernel's",
            arguments: [
                ["--board", "nobody"], ["--borad", "x"], ["--help"], ["--kernel", "nothing"],
                ["--invariant", "INV-0"], ["--panic", "a", "--invariant", "INV-04"],
            ])
        func status(words: [String]) async throws {
            try await Scene.with { scene in
                try scene.write([SceneBoard()])
                let output = try await scene.doorbell(
                    ["run", "--lab", scene.lab.string, "--bisect-exit"] + words)
                #expect(output.status == .exited(128), "\(output.seen)")
                #expect(scene.runs.isEmpty)
            }
        }

        @Test("ends with 128 when it is interrupted, and the board is given back")
        func interrupted() async throws {
            try await Scene.with { scene in
                try scene.write([SceneBoard()])
                try scene.write(SceneSuite.long, to: "long.yaml")
                async let running = scene.run(
                    scene.folder.appending("long.yaml").string, "--bisect-exit")
                try await scene.awaitJournal("boardReady")
                kill(try await scene.controller(), SIGINT)
                let output = try await running
                #expect(output.status == .exited(128), "\(output.seen)")
                #expect(try await scene.states() == ["complete"])
            }
        }

        @Test(
            "calls a kernel that dies in boot neither good nor bad, unless its panic is asked for")
        func panics() async throws {
            try await Scene.with { scene in
                try scene.write([SceneBoard(more: ["command-line: [rdinit=/nothing]"])])
                let unasked = try await scene.run("--case", "one-vector", "--bisect-exit")
                #expect(unasked.status == .exited(125), "\(unasked.seen)")
                let asked = try await scene.run(
                    "--case", "one-vector", "--bisect-exit", "--panic", "VFS")
                #expect(asked.status == .exited(1), "\(asked.seen)")
            }
        }
    }
}
