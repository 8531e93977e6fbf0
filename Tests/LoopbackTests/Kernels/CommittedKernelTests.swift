// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import KernelTree
import Scheduling
import SystemPackage
import Testing
import Vocabulary

/// Kernels of commits, compiled one after the other in a tree that follows them.
@Suite struct CommittedKernelTests {
    private func withHistory(
        _ body: (CommittedTree) async throws -> Void
    ) async throws {
        let history = try await CommittedTree()
        defer { history.tree.remove() }
        try await body(history)
    }

    private static let all = [
        "drivers/one.o", "drivers/two.o", "init/banner.o", "init/head.o", "vmlinux",
    ]

    private static let some = ["drivers/two.o", "vmlinux"]

    @Test func oneCommitAfterTheOtherCompilesOnlyWhatDiffers() async throws {
        try await withHistory { history in
            let first = try await history.commit("int two(int a) { return a * 2; }\n")
            let second = try await history.commit("int two(int a) { return a * 5; }\n")
            // Nobody asks for what lies in the work tree.
            try history.tree.write("no C at all", to: "linux/drivers/two.c")
            let one = try await history.build(first)
            #expect(one.record.source == "git \(first)")
            #expect(try history.objects(of: one) == Self.all)
            let two = try await history.build(second)
            #expect(try history.objects(of: two) == Self.some)
            #expect(two.record.image.code != one.record.image.code)
            #expect(try await history.known(first) == one)
        }
    }

    @Test func aPatchLiesOnTheCommitThatItIsAskedFor() async throws {
        try await withHistory { history in
            let first = try await history.commit("int two(int a) { return a * 2; }\n")
            let second = try await history.commit("int two(int a) { return a * 5; }\n")
            try history.tree.write("int two(int a) { return a * 5; }\n", to: "linux/drivers/two.c")
            try history.tree.patch(
                "patched", "drivers/two.c", from: "int two(int a) { return a * 5; }",
                to: "int two(int a) { return a * 7; }")
            let plain = try await history.build(second)
            let patched = try await history.build(second, as: "patched")
            #expect(patched.record.image.code != plain.record.image.code)
            await #expect(throws: RecipeTrouble.self) {
                try await history.build(first, as: "patched")
            }
            _ = try await history.build(first)
            let third = try await history.commit("int two(int a) { return a * 5; }\n", more: "c")
            #expect(try await history.build(third).record.image.code == plain.record.image.code)
        }
    }

    @Test func aTreeWhoseCommitIsGoneIsLaidOutAnew() async throws {
        try await withHistory { history in
            let first = try await history.commit("int two(int a) { return a * 2; }\n")
            _ = try await history.build(first)
            try FileManager.default.removeItem(
                atPath: history.tree.tree.appending(".git").string)
            try await history.begin()
            let other = try await history.commit("int two(int a) { return a * 5; }\n", more: "o")
            #expect(try history.objects(of: try await history.build(other)) == Self.all)
        }
    }

    @Test func anotherMachinesRepositoryIsFetchedFrom() async throws {
        try await withHistory { history in
            let first = try await history.commit("int two(int a) { return a * 2; }\n")
            _ = try await history.build(first, from: "file://\(history.tree.tree)")
            let second = try await history.commit("int two(int a) { return a * 5; }\n")
            let two = try await history.build("main", from: "file://\(history.tree.tree)")
            #expect(two.record.source == "git \(second)")
            #expect(try history.objects(of: two) == Self.some)
        }
    }

    @Test func aCommitWithoutAKernelIsRefused() async throws {
        try await withHistory { history in
            let commit = try await history.commit("int two;\n", without: "Kconfig")
            let trouble = await #expect(throws: RecipeTrouble.self) {
                try await history.build(commit)
            }
            #expect(trouble?.description.contains("Makefile and Kconfig") == true)
        }
    }
}

/// The small tree as a repository of git.
private struct CommittedTree {
    let tree: SmallTree

    init() async throws {
        tree = try SmallTree()
        try await begin()
    }

    func begin() async throws { try await git(["init", "--quiet", "--initial-branch=main", "."]) }

    /// Commits another content of a driver, and gives the hash.
    func commit(
        _ text: String, more: String = "", without name: String? = nil
    ) async throws -> String {
        try tree.write(text, to: "linux/drivers/two.c")
        if !more.isEmpty { try tree.write(more, to: "linux/Documentation/\(more)") }
        if let name {
            try FileManager.default.removeItem(atPath: tree.tree.appending(name).string)
        }
        try await git(["add", "--all", "."])
        try await git(["commit", "--quiet", "-m", "x"])
        return try await git(["rev-parse", "HEAD"]).text.trimmingCharacters(
            in: .whitespacesAndNewlines)
    }

    func build(
        _ revision: String, as name: String = "plain", from repository: String? = nil
    ) async throws -> BuiltKernel {
        try await workshop.build(
            try order(revision, name, repository), deadline: .after(.seconds(60), for: "a kernel"))
    }

    func known(_ revision: String) async throws -> BuiltKernel? {
        try await workshop.known(
            try order(revision, "plain", nil), deadline: .after(.seconds(10), for: "a kernel"))
    }

    /// What the compiler was called for, as the kernel's own log has it.
    func objects(of kernel: BuiltKernel) throws -> [String] {
        try String(contentsOfFile: kernel.log.string, encoding: .utf8)
            .split(separator: "\n").compactMap { MakeWords.object(in: $0) }.sorted()
    }

    private func order(
        _ revision: String, _ name: String, _ repository: String?
    ) throws -> KernelOrder {
        try tree.order(
            name, source: .git(repository: repository ?? tree.tree.string, revision: revision))
    }

    private var workshop: KernelWorkshop {
        KernelWorkshop(
            root: tree.cache, packages: NoPackages(), announce: { _ in }, progress: { _, _ in })
    }

    @discardableResult
    private func git(_ words: [String]) async throws -> ToolOutput {
        try await Tool.run(
            "git", ["-c", "user.name=x", "-c", "user.email=x@example.org"] + words,
            directory: tree.tree, deadline: .after(.seconds(30), for: "git")
        ).succeeded()
    }
}
