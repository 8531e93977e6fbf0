// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
package import Scheduling
package import SystemPackage
import Vocabulary

/// Somebody's repository of git on this machine, which is only read.
package struct GitRepository: Sendable {
    package let path: FilePath
    let deadline: Deadline
    /// Where git keeps what it knows of it, which is the same from each folder of a work tree.
    let objects: String

    /// Takes a work tree or a bare repository.
    /// - Throws: `GitTrouble.noRepository`, `ToolFailure`.
    package init(_ path: FilePath, deadline: Deadline) async throws {
        self.path = path
        self.deadline = deadline
        let output = try await Self.git(
            ["-C", path.string, "rev-parse", "--absolute-git-dir"], deadline)
        guard output.status == .exited(0) else { throw GitTrouble.noRepository(path.string) }
        objects = String(output.text.prefix { !$0.isNewline })
    }

    /// The hash of the commit that a word names.
    /// - Throws: `GitTrouble.unknownRevision`, `.shallow` where it may only be missing here.
    package func commit(_ word: String) async throws -> String {
        let output = try await git([
            "rev-parse", "--verify", "--quiet", "--end-of-options", "\(word)^{commit}",
        ])
        guard output.status == .exited(0) else {
            if try await isShallow() { throw GitTrouble.shallow(path.string) }
            throw GitTrouble.unknownRevision(word, path.string)
        }
        return String(output.text.prefix { !$0.isWhitespace })
    }

    /// Whether files differ from what is committed.
    package func isDirty() async throws -> Bool {
        // A bare repository has no files.
        let output = try await git(["status", "--porcelain", "--untracked-files=no"])
        return output.status == .exited(0) && !output.standardOutput.isEmpty
    }

    /// The commits between two, the good one first and the bad one last, parents before children.
    ///
    /// With first parents only, each has the one before as its parent, whatever merges brought in.
    /// - Throws: `GitTrouble`, `ToolFailure`.
    package func commits(
        from good: String, to bad: String, firstParents: Bool
    ) async throws -> [GitCommit] {
        let isShallow = try await isShallow()
        guard try await git(["merge-base", "--is-ancestor", good, bad]).status == .exited(0) else {
            if isShallow { throw GitTrouble.shallow(path.string) }
            let base = try await git(["merge-base", good, bad]).text
            throw GitTrouble.notAnAncestor(
                good: good, bad: bad, base: String(base.prefix { !$0.isWhitespace }))
        }
        let form = "--format=%H%x00%P%x00%an <%ae>%x00%s"
        let words = ["log", "--topo-order", "--reverse", form]
        let range = (firstParents ? ["--first-parent"] : []) + ["\(good)..\(bad)", "--"]
        let first = try await git(["log", "-1", form, good, "--"]).succeeded().text
        let rest = try await git(words + range).succeeded().text
        let commits = (first + rest).split(separator: "\n").compactMap { GitCommit(line: $0) }
        if isShallow {
            // A commit whose parents were left out looks like the first of all.
            let cut = commits.dropFirst().contains { $0.parents.isEmpty }
            if cut { throw GitTrouble.shallow(path.string) }
        }
        return commits
    }

    private func isShallow() async throws -> Bool {
        try await git(["rev-parse", "--is-shallow-repository"]).text.hasPrefix("true")
    }

    private func git(_ words: [String]) async throws -> ToolOutput {
        try await Self.git(["-C", path.string] + words, deadline)
    }

    static func git(_ words: [String], _ deadline: Deadline) async throws -> ToolOutput {
        try await Tool.run(
            "git", words, environment: environment, deadline: deadline,
            outputLimit: .mebibytes(256))
    }

    /// The repository may belong to somebody else than the user of this program, as in containers.
    private static var environment: [String: String] {
        Make.environment.merging([
            "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory",
            "GIT_CONFIG_VALUE_0": "*",
        ]) { $1 }
    }
}

/// A commit as histories need it.
package struct GitCommit: Sendable, Hashable {
    /// 40 hexadecimal digits.
    package let hash: String
    package let parents: [String]
    /// Name and address.
    package let author: String
    package let subject: String

    /// Reads hash, parents, author and subject with NULs between them.
    init?(line: Substring) {
        let fields = line.split(separator: "\0", maxSplits: 3, omittingEmptySubsequences: false)
        guard fields.count == 4, fields[0].count == 40 else { return nil }
        hash = String(fields[0])
        parents = fields[1].split(separator: " ").map(String.init)
        author = String(fields[2])
        subject = String(fields[3])
    }
}
