// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage

/// The real git, in a repository that benchmarks keep from time to time.
struct BenchGit: Sendable {
    let repository: FilePath
    private let deadline: Deadline

    init(_ repository: FilePath, deadline: Deadline) {
        self.repository = repository
        self.deadline = deadline
    }

    /// What a user has configured does not count.
    static var environment: [String: String] {
        let ours = ProcessInfo.processInfo.environment.filter {
            !$0.key.hasPrefix("GIT_") && $0.key != "XDG_CONFIG_HOME"
        }
        return ours.merging([
            "LC_ALL": "C", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Doorbell", "GIT_AUTHOR_EMAIL": "doorbell@localhost",
            "GIT_COMMITTER_NAME": "Doorbell", "GIT_COMMITTER_EMAIL": "doorbell@localhost",
        ]) { $1 }
    }

    /// Makes the repository with one commit that has the whole source, on the branch `source`.
    func commitOnce(_ source: FilePath) async throws {
        let known = repository.appending("source-is").string
        if (try? String(contentsOfFile: known, encoding: .utf8)) == source.string { return }
        try? FileManager.default.removeItem(atPath: repository.string)
        try FileManager.default.createDirectory(
            atPath: repository.string, withIntermediateDirectories: true)
        try await git(["init", "--quiet", "--bare", "--initial-branch=source"])
        let words = [
            "-c", "core.compression=1", "-c", "core.fsync=none", "-c", "core.bare=false",
            "--work-tree", source.string,
        ]
        try await git(words + ["add", "--all", "--force", "."])
        try await git(words + ["commit", "--quiet", "--message", "The source"])
        try TextFile.write(source.string, to: FilePath(known))
    }

    /// Adds the commits of a stream to the branch `searched`, which begins anew.
    /// - Returns: their hashes, the first one first.
    func add(_ stream: String) async throws -> [String] {
        try await git(["fast-import", "--quiet", "--force"], input: Array(stream.utf8))
        return try await git(["rev-list", "--reverse", "source..searched"])
            .split(separator: "\n").map(String.init)
    }

    /// Makes a clone whose files lie there already, with the times that make goes by.
    func clone(to folder: FilePath, at commit: String, files: FilePath) async throws {
        try await git(["clone", "--quiet", "--shared", "--no-checkout", ".", folder.string])
        try await Tool.run(
            "cp", ["-a", files.string + "/.", folder.string], deadline: deadline
        ).succeeded()
        try await git(["-C", folder.string, "reset", "--quiet", "--mixed", commit])
    }

    @discardableResult
    private func git(_ words: [String], input: [UInt8] = []) async throws -> String {
        try await Tool.run(
            "git", ["-C", repository.string] + words, input: input,
            environment: Self.environment, deadline: deadline
        ).succeeded().text
    }
}
