// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import KernelTree
import Scheduling
import SystemPackage
import Testing
import Vocabulary

/// Real git on repositories of a few commits.
@Suite struct GitRepositoryTests {
    private let soon = Deadline.after(.seconds(60), for: "git")

    /// A repository with a branch that was merged: a, b, x (from a), m (b and x), c.
    private func withRepository(
        _ body: (FilePath, @Sendable ([String]) async throws -> String) async throws -> Void
    ) async throws {
        let folder = FilePath(NSTemporaryDirectory()).appending("git-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(atPath: folder.string) }
        let place = folder.appending("one").string
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        let deadline = soon
        let git: @Sendable ([String]) async throws -> String = { words in
            let who = ["-c", "user.name=A B", "-c", "user.email=a@b"]
            return try await Tool.run(
                "git", ["-C", place] + who + words, deadline: deadline
            ).succeeded().text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        func commit(_ name: String) async throws {
            try name.write(toFile: place + "/" + name, atomically: true, encoding: .utf8)
            _ = try await git(["add", name])
            _ = try await git(["commit", "--quiet", "-m", "Add \(name)"])
            _ = try await git(["tag", name])
        }
        _ = try await git(["init", "--quiet", "--initial-branch=main"])
        try await commit("a")
        try await commit("b")
        _ = try await git(["checkout", "--quiet", "-b", "side", "a"])
        try await commit("x")
        _ = try await git(["checkout", "--quiet", "main"])
        _ = try await git(["merge", "--quiet", "--no-ff", "-m", "Merge x", "side"])
        try await commit("c")
        try await body(FilePath(place), git)
    }

    @Test func commitsAreListedWithAndWithoutMerges() async throws {
        try await withRepository { path, _ in
            let repository = try await GitRepository(path, deadline: soon)
            let (good, bad) = (try await repository.commit("a"), try await repository.commit("c"))
            let all = try await repository.commits(from: good, to: bad, firstParents: false)
            #expect(Set(all.map(\.subject)) == ["Add a", "Add b", "Add x", "Merge x", "Add c"])
            #expect(all.first?.hash == good)
            #expect(all.last?.hash == bad)
            #expect(all.first { $0.subject == "Merge x" }?.parents.count == 2)
            #expect(all.last?.author == "A B <a@b>")
            let line = try await repository.commits(from: good, to: bad, firstParents: true)
            #expect(line.map(\.subject) == ["Add a", "Add b", "Merge x", "Add c"])
        }
    }

    @Test func whatCannotBeSearchedIsTold() async throws {
        try await withRepository { path, git in
            let repository = try await GitRepository(path, deadline: soon)
            let (x, b) = (try await repository.commit("x"), try await repository.commit("b"))
            let a = try await repository.commit("a")
            await #expect(throws: GitTrouble.notAnAncestor(good: x, bad: b, base: a)) {
                try await repository.commits(from: x, to: b, firstParents: false)
            }
            await #expect(throws: GitTrouble.unknownRevision("nothing", path.string)) {
                try await repository.commit("nothing")
            }
            await #expect(throws: GitTrouble.unknownRevision("--all", path.string)) {
                try await repository.commit("--all")
            }
            let outside = path.removingLastComponent()
            await #expect(throws: GitTrouble.noRepository(outside.string)) {
                try await GitRepository(outside, deadline: soon)
            }
            let shallow = outside.appending("shallow")
            _ = try await git([
                "clone", "--quiet", "--depth=2", "file://\(path)", shallow.string,
            ])
            let cut = try await GitRepository(shallow, deadline: soon)
            await #expect(throws: GitTrouble.shallow(shallow.string)) {
                try await cut.commit(a)
            }
        }
    }

    @Test func filesOfACommitAreLaidOutBesideWithoutTouchingTheRepository() async throws {
        try await withRepository { path, git in
            let repository = try await GitRepository(path, deadline: soon)
            #expect(try await !repository.isDirty())
            try "else".write(
                toFile: path.appending("a").string, atomically: true, encoding: .utf8)
            #expect(try await repository.isDirty())
            let before = try await git(["status", "--porcelain"])
            let place = path.removingLastComponent().appending("laid/out")
            let kernel = try #require(KernelName("k"))
            func names() throws -> Set<String> {
                Set(try FileManager.default.contentsOfDirectory(atPath: place.string))
            }
            let (b, c) = (try await repository.commit("b"), try await repository.commit("c"))
            let outside = ["x", "a", ":(top)b", "../a", "/etc/passwd", "", "nowhere"]
            try await repository.layOut(b, outside, of: kernel, in: place)
            #expect(try names() == ["a"])
            let text = try String(contentsOfFile: place.appending("a").string, encoding: .utf8)
            #expect(text != "else")
            try await repository.layOut(c, of: kernel, in: place)
            #expect(try names() == ["a", "b", "c", "x"])
            #expect(try await git(["status", "--porcelain"]) == before)
        }
    }

    @Test func whatDiffersBetweenTwoCommitsIsListedUnlessOneIsNotThere() async throws {
        try await withRepository { path, git in
            let repository = try await GitRepository(path, deadline: soon)
            let (b, c) = (try await repository.commit("b"), try await repository.commit("c"))
            #expect(try await repository.changes(from: b, to: c) == ["c", "x"])
            #expect(try await repository.changes(from: c, to: b) == ["c", "x"])
            let nobody = String(repeating: "0", count: 39) + "1"
            #expect(try await repository.changes(from: nobody, to: c) == nil)
        }
    }

    @Test func aRepositoryIsTheSameFromEachOfItsFolders() async throws {
        try await withRepository { path, git in
            let folder = path.appending("inner")
            try FileManager.default.createDirectory(
                atPath: folder.string, withIntermediateDirectories: true)
            try "deep".write(
                toFile: folder.appending("d").string, atomically: true, encoding: .utf8)
            _ = try await git(["add", "inner"])
            _ = try await git(["commit", "--quiet", "-m", "Add inner/d"])
            let repository = try await GitRepository(folder, deadline: soon)
            let place = path.removingLastComponent().appending("laid")
            let kernel = try #require(KernelName("k"))
            let head = try await repository.commit("HEAD")
            try await repository.layOut(head, ["a", "inner/d"], of: kernel, in: place)
            #expect(
                try await repository.names(["a", "inner/d", "d"], in: head) == ["a", "inner/d"])
            for name in ["a", "inner/d"] {
                let file = place.pushing(FilePath(name)).string
                #expect(FileManager.default.fileExists(atPath: file))
            }
        }
    }
}
