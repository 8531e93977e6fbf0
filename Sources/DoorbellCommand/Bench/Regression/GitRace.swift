// SPDX-License-Identifier: GPL-3.0-or-later

import Bisection
import Foundation
import Scheduling
import SystemPackage

/// What people do: `git bisect run` with a script that compiles, boots one board, and judges.
struct GitRace: Sendable {
    let history: KernelHistory
    let executable: FilePath
    /// The words that both sides run on a board.
    let words: [String]
    let board: String
    /// A clone, built at the good end.
    let clone: FilePath
    /// Gets the script, its kernel's recipe, runs and logs.
    let folder: FilePath
    let deadline: Deadline

    /// How long git took, with and without the looks at both ends.
    struct Times: Sendable {
        let whole: Duration
        let search: Duration
    }

    /// Looks at both ends as ours does, and lets git find the culprit.
    /// - Throws: `ToolFailure`; `WrongCulprit`.
    func run() async throws -> Times {
        let judge = try writeScript()
        let clock = ContinuousClock()
        let start = clock.now
        try await look(at: history.good, with: judge, expecting: 0)
        try await look(at: history.bad, with: judge, expecting: 1)
        let middle = clock.now
        try await git(["bisect", "start", history.bad, history.good])
        try await git(["bisect", "run", judge.string])
        let end = clock.now
        let found = try await git(["rev-parse", "refs/bisect/bad"])
        guard found.hasPrefix(history.culprit) else {
            throw WrongCulprit(wanted: Revision(history.culprit), found: "git's \(found)")
        }
        return Times(whole: start.duration(to: end), search: middle.duration(to: end))
    }

    private func writeScript() throws -> FilePath {
        let recipe = folder.appending("judged")
        try FileManager.default.createDirectory(
            atPath: recipe.string, withIntermediateDirectories: true)
        try TextFile.write(
            "summary: What git has checked out\nsource: {image: \(clone)/arch/arm64/boot/Image}\n",
            to: recipe.appending("kernel.yaml"))
        let run =
            [executable.string, "run"] + words
            + ["--board", board, "--kernel", recipe.string, "--bisect-exit"]
        let script = folder.appending("judge")
        try TextFile.write(
            """
            #!/bin/sh
            make -j"$(nproc)" ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu- LOCALVERSION=-searched \
                Image >>'\(folder)/make.log' 2>&1 || exit 125
            exec \(run.map { "'\($0)'" }.joined(separator: " ")) >>'\(folder)/judge.log' 2>&1

            """, to: script)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: script.string)
        return script
    }

    private func look(
        at commit: String, with judge: FilePath, expecting status: UInt8
    ) async throws {
        try await git(["checkout", "--quiet", "--force", "--detach", commit])
        let output = try await Tool.run(judge.string, [], directory: clone, deadline: deadline)
        guard output.status == .exited(Int32(status)) else {
            throw WrongCulprit(wanted: Revision(commit), found: "\(output.status), see \(folder)")
        }
    }

    @discardableResult
    private func git(_ words: [String]) async throws -> String {
        try await Tool.run(
            "git", ["-C", clone.string] + words, environment: BenchGit.environment,
            deadline: deadline
        ).succeeded().text
    }
}
