// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Vocabulary

/// The kernel's make, for arm64, with everything fixed that would find its way into the binary.
struct Make: Sendable {
    let kernel: KernelName
    let tree: FilePath
    /// What `uname -r` ends with.
    var localVersion = ReleaseName.blank
    let log: BuildLog
    let compiler: Compiler
    /// Whether others need the processors more.
    var isGentle = false
    let deadline: Deadline

    /// The whole environment: locale, compiler flags and names of this machine stay outside.
    static var environment: [String: String] {
        let ours = ProcessInfo.processInfo.environment
        let kept = ["PATH", "HOME", "TMPDIR", "http_proxy", "https_proxy", "SSH_AUTH_SOCK"]
        return ours.filter { kept.contains($0.key) }.merging(fixedEnvironment) { $1 }
    }

    /// What is the same on every machine.
    static let fixedEnvironment = [
        "LC_ALL": "C", "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0",
        "KBUILD_BUILD_TIMESTAMP": "Thu Jan  1 00:00:00 UTC 1970",
        "KBUILD_BUILD_USER": "doorbell", "KBUILD_BUILD_HOST": "doorbell",
        "KBUILD_BUILD_VERSION": "1",
    ]

    /// Between sessions, of which each program has its own here, only a session's niceness counts
    /// (sched(7), "The autogroup feature"); where that is off, the process's own does.
    private static let gently =
        "echo 19 2>/dev/null >/proc/self/autogroup; exec nice -n 19 \"$@\" 2>&1"

    /// Makes targets; what make and its compilers say goes to the log.
    /// - Throws: `BuildFailure`, `CancellationError`.
    func make(_ targets: [String]) async throws {
        // One pipe for both outputs: an error stands behind the line that it belongs to.
        let script = isGentle ? Self.gently : "exec \"$@\" 2>&1"
        let words = ["-c", script, "make"] + self.words(targets, in: tree.string)
        do {
            let log = self.log
            let output = try await Tool.run(
                "sh", words, environment: Self.environment, deadline: deadline,
                outputLimit: .mebibytes(64), listener: { log.hear($0) })
            try log.check()
            guard output.status != .exited(0) else { return }
            throw failure(output.text, in: tree.removingLastComponent().string)
        } catch let failure as ToolFailure {
            if case .deadline(let exceeded) = failure.cause { throw exceeded }
            throw failure
        }
    }

    /// The command line that makes targets in a tree.
    func words(_ targets: [String], in tree: String) -> [String] {
        ["make", "-C", tree, "-j\(compiler.jobs)", "ARCH=arm64"]
            + compiler.words + ["LOCALVERSION=\(localVersion)"] + targets
    }

    /// What a make that failed says; the place is where it ran.
    func failure(_ text: String, in place: String) -> BuildFailure {
        if NoRoom.isSaid(in: text) { return .noRoom(kernel: kernel, place: place) }
        if text.contains("make: not found") {
            return .noTool(name: "make", reason: "it is not installed, or not in PATH")
        }
        return .refused(kernel: kernel, words: MakeWords.reasons(in: text), log: log.path.string)
    }
}
