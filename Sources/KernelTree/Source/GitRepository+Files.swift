// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
package import SystemPackage
package import Vocabulary

/// The files of commits, without a work tree: nobody can check out another commit meanwhile.
extension GitRepository {
    /// The files in which two commits differ; nothing where one is not there any more.
    package func changes(from old: String, to new: String) async throws -> [String]? {
        let output = try await git([
            "diff-tree", "-r", "-z", "--name-only", "--no-renames", "--no-relative", old, new, "--",
        ])
        return output.status == .exited(0) ? output.names : nil
    }

    /// Which of these files a commit has.
    /// - Throws: `ToolFailure`.
    package func names(_ paths: [String], in commit: String) async throws -> [String] {
        // Git refuses to look for what lies outside.
        let inside = paths.filter { path in
            !path.isEmpty && !path.hasPrefix("/") && !path.split(separator: "/").contains("..")
        }
        guard !inside.isEmpty else { return [] }
        return try await git(
            ["--literal-pathspecs", "ls-tree", "-r", "-z", "--name-only", commit, "--"] + inside
        )
        .succeeded().names
    }

    /// Lays files of a commit into a folder: these, as far as it has them, or all.
    /// - Throws: `ToolFailure`, `BuildFailure`.
    package func layOut(
        _ commit: String, _ paths: [String]? = nil, of kernel: KernelName, in folder: FilePath
    ) async throws {
        try Cabinet.makeFolder(folder)
        guard let paths else { return try await unpack(commit, [], of: kernel, in: folder) }
        for start in stride(from: 0, to: paths.count, by: Self.pathsAtOnce) {
            let part = Array(paths[start...].prefix(Self.pathsAtOnce))
            // Git refuses to archive a path that the commit does not have.
            let there = try await names(part, in: commit)
            if !there.isEmpty { try await unpack(commit, there, of: kernel, in: folder) }
        }
    }

    private func git(_ words: [String]) async throws -> ToolOutput {
        try await Self.git(["--git-dir=\(objects)", "-C", path.string] + words, deadline)
    }

    /// Paths are arguments, of which a program can have some 100 kilobytes everywhere.
    private static let pathsAtOnce = 1000

    private func unpack(
        _ commit: String, _ paths: [String], of kernel: KernelName, in folder: FilePath
    ) async throws {
        let archive = FilePath(folder.string + ".tar")
        defer { try? FileManager.default.removeItem(atPath: archive.string) }
        do {
            try await git(
                ["--literal-pathspecs", "archive", "--format=tar", "-o", archive.string, commit]
                    + (paths.isEmpty ? [] : ["--"] + paths)
            ).succeeded()
            try await Tool.run(
                "tar", ["-x", "-f", archive.string, "-C", folder.string],
                environment: Make.environment, deadline: deadline
            ).succeeded()
        } catch let failure as ToolFailure where NoRoom.isMeant(by: failure) {
            throw BuildFailure.noRoom(kernel: kernel, place: folder.string)
        }
    }
}

extension ToolOutput {
    /// The names of a list in which each ends with NUL.
    fileprivate var names: [String] {
        standardOutput.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }
}
