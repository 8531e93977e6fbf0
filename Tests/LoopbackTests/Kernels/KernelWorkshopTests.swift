// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import KernelTree
import Scheduling
import SystemPackage
import Testing
import Vocabulary

/// Real make, compiler, linker and git on a tree that is small.
@Suite struct KernelWorkshopTests {
    private func withTree(_ body: (SmallTree) async throws -> Void) async throws {
        let tree = try SmallTree()
        defer { tree.remove() }
        try await body(tree)
    }

    private func build(
        _ order: KernelOrder, in tree: SmallTree, within time: Duration = .seconds(60)
    ) async throws -> BuiltKernel {
        try await workshop(tree).build(order, deadline: .after(time, for: "a small kernel"))
    }

    private func workshop(_ tree: SmallTree) -> KernelWorkshop {
        KernelWorkshop(
            root: tree.cache, packages: NoPackages(), announce: { _ in }, progress: { _, _ in })
    }

    /// What the compiler was called for, as the kernel's own log has it.
    private func objects(of kernel: BuiltKernel) throws -> [String] {
        try String(contentsOfFile: kernel.log.string, encoding: .utf8)
            .split(separator: "\n").compactMap { MakeWords.object(in: $0) }.sorted()
    }

    private static let all = [
        "drivers/one.o", "drivers/two.o", "init/banner.o", "init/head.o", "vmlinux",
    ]

    @Test func aKernelIsCompiledOnceAndSaysWhatItIs() async throws {
        try await withTree { tree in
            let order = try tree.order("plain")
            let deadline = Deadline.after(.seconds(10), for: "nothing")
            #expect(try await workshop(tree).known(order, deadline: deadline) == nil)
            let kernel = try await build(order, in: tree)
            #expect(try objects(of: kernel) == Self.all)
            let image = kernel.record.image
            #expect(image.release == "6.1.0-doorbell-\(kernel.record.fingerprint.short)")
            #expect(image.banners.count == 1)
            #expect(image.banners[0].hasPrefix("Linux version \(image.release) (doorbell@"))
            #expect(image.buildIDs.count == 1)
            let bytes = try Data(contentsOf: URL(filePath: kernel.image.string))
            #expect(bytes.range(of: Data("-doorbell-0000000000".utf8)) == nil)
            try FileManager.default.removeItem(
                atPath: tree.cache.appending("trees").string)
            #expect(try await build(order, in: tree) == kernel)
            #expect(try await workshop(tree).known(order, deadline: deadline) == kernel)
        }
    }

    @Test func modulesCarryTheReleaseOfTheirKernel() async throws {
        try await withTree { tree in
            try tree.write("CONFIG_WANTED=m\n", to: "small.config")
            for name in ["plain", "tripled"] {
                let kernel = try await build(try tree.order(name), in: tree)
                let release = "6.1.0-doorbell-\(kernel.record.fingerprint.short)"
                #expect(kernel.record.image.release == release)
                let module = try #require(kernel.modules).appending("extra.ko")
                #expect(module.string.contains("/lib/modules/\(release)/"))
                let bytes = try Data(contentsOf: URL(filePath: module.string))
                #expect(bytes.range(of: Data(release.utf8)) != nil)
                try tree.patch(
                    "tripled", "drivers/two.c", from: "int two(int a) { return a * 2; }",
                    to: "int two(int a) { return a * 3; }")
            }
        }
    }

    @Test func equalInputsGiveEqualBytes() async throws {
        try await withTree { tree in
            let kernel = try await build(try tree.order("plain"), in: tree)
            try FileManager.default.removeItem(atPath: tree.cache.string)
            let again = try await build(try tree.order("another"), in: tree)
            #expect(again.record.image == kernel.record.image)
        }
    }

    @Test func aPatchCompilesOnlyWhatItChangesAndSoDoesTheWayBack() async throws {
        try await withTree { tree in
            let old = "int two(int a) { return a * 2; }"
            try tree.patch(
                "tripled", "drivers/two.c", from: old, to: "int two(int a) { return a * 3; }")
            try tree.patch("remark", "drivers/two.c", from: old, to: old + " /* said */")
            let plain = try await build(try tree.order("plain"), in: tree)
            let tripled = try await build(try tree.order("tripled"), in: tree)
            #expect(try objects(of: tripled) == ["drivers/two.o", "vmlinux"])
            #expect(tripled.record.image.code != plain.record.image.code)
            let remark = try await build(try tree.order("remark"), in: tree)
            #expect(try objects(of: remark) == ["drivers/two.o", "vmlinux"])
            #expect(remark.record.image.hash != plain.record.image.hash)
            #expect(remark.record.image.code == plain.record.image.code)
        }
    }

    @Test func aPatchBehindTheSeriesMakesTheKernelThatTheSeriesWouldMake() async throws {
        try await withTree { tree in
            try tree.patch(
                "tripled", "drivers/two.c", from: "int two(int a) { return a * 2; }",
                to: "int two(int a) { return a * 3; }")
            let named = try await build(try tree.order("tripled"), in: tree)
            let plain = try tree.order("plain")
            let patch = tree.folder.pushing("tripled/patches/0001-tripled.patch")
            let variant = KernelOrder(
                name: plain.name, source: plain.source, base: plain.base,
                fragments: plain.fragments, further: [patch])
            #expect(try await build(variant, in: tree) == named)
            #expect(named.record.patches == ["0001-tripled.patch"])
        }
    }

    @Test func configurationsThatShareATreeCompileOnlyWhatTheyChange() async throws {
        try await withTree { tree in
            func order(_ name: String, _ options: String) throws -> KernelOrder {
                try tree.write("CONFIG_BASE=y\n\(options)\n", to: "\(name).config")
                let plain = try tree.order(name)
                return KernelOrder(
                    name: plain.name, source: plain.source,
                    base: .file(tree.folder.appending("\(name).config")), sharesTree: true)
            }
            func configuration(_ kernel: BuiltKernel) throws -> String {
                try String(
                    contentsOfFile: kernel.folder.appending("config").string, encoding: .utf8)
            }
            let with = try order("with", "CONFIG_WANTED=y")
            let without = try order("without", "# CONFIG_WANTED is not set")
            #expect(try objects(of: try await build(with, in: tree)) == Self.all)
            let second = try await build(without, in: tree)
            #expect(try objects(of: second) == [])
            #expect(try configuration(second).contains("# CONFIG_WANTED is not set"))
            try FileManager.default.removeItem(atPath: tree.cache.appending("built").string)
            let again = try await build(with, in: tree)
            #expect(try objects(of: again) == [])
            #expect(try configuration(again).contains("CONFIG_WANTED=y"))
            let trees = tree.cache.appending("trees").string
            #expect(try FileManager.default.contentsOfDirectory(atPath: trees).count == 1)
        }
    }

    @Test func makeAloneIsMeasuredAndLeavesNoTrace() async throws {
        try await withTree { tree in
            let order = try tree.order("plain")
            let deadline = Deadline.after(.seconds(60), for: "a small kernel")
            let took = try await workshop(tree).remake(
                order, changing: "drivers/two.c", deadline: deadline)
            #expect(took > .zero)
            let trees = try FileManager.default.contentsOfDirectory(
                atPath: tree.cache.appending("trees").string)
            let log = tree.cache.pushing(FilePath("trees/\(trees[0])/remake.log"))
            let text = try String(contentsOfFile: log.string, encoding: .utf8)
            #expect(text.components(separatedBy: "CC      drivers/two.o").count == 3)
            #expect(text.components(separatedBy: "CC      drivers/one.o").count == 2)
            let file = tree.cache.pushing(FilePath("trees/\(trees[0])/linux/drivers/two.c"))
            let before = try String(
                contentsOfFile: tree.tree.pushing("drivers/two.c").string, encoding: .utf8)
            #expect(try String(contentsOfFile: file.string, encoding: .utf8) != before)
            _ = try await build(order, in: tree)
            #expect(try String(contentsOfFile: file.string, encoding: .utf8) == before)
        }
    }

    @Test func aPatchThatDoesNotFitIsShownAndLeavesTheTreeAlone() async throws {
        try await withTree { tree in
            _ = try await build(try tree.order("plain"), in: tree)
            try tree.patch("misfit", "drivers/one.c", from: "int three(int);", to: "int four(int);")
            let trouble = await #expect(throws: RecipeTrouble.self) {
                try await build(try tree.order("misfit"), in: tree)
            }
            let text = trouble?.description ?? ""
            #expect(
                text.contains("0001-misfit.patch") && text.contains("-int three(int);"), "\(text)")
            #expect(trouble?.kind == .suite)
            try tree.patch("fit", "drivers/one.c", from: "int two(int);", to: "int two(int a);")
            let fit = try await build(try tree.order("fit"), in: tree)
            #expect(try objects(of: fit) == ["drivers/one.o", "vmlinux"])
        }
    }

    @Test func anOptionThatDoesNotTakeIsNamedWithItsLine() async throws {
        try await withTree { tree in
            try tree.write("CONFIG_WANTED=y\nCONFIG_NOWHERE=y\n", to: "more.config")
            let order = try tree.order("lost", fragment: "more.config")
            let trouble = await #expect(throws: RecipeTrouble.self) {
                try await build(order, in: tree)
            }
            #expect(
                trouble?.description.contains(
                    "more.config:2: 'CONFIG_NOWHERE=y' did not take: the configuration does not "
                        + "have it") == true, "\(String(describing: trouble))")
        }
    }

    @Test func whatDoesNotCompileOrLinkIsToldInTheToolsWords() async throws {
        try await withTree { tree in
            try tree.patch("syntax", "drivers/one.c", from: "int two(int);", to: "int two(int;")
            try tree.patch(
                "unlinked", "drivers/two.c", from: "int two(int a) { return a * 2; }",
                to: "int nowhere(int); int two(int a) { return nowhere(a); }")
            for (name, word) in [("syntax", "error: "), ("unlinked", "undefined reference to")] {
                let failure = await #expect(throws: BuildFailure.self) {
                    try await build(try tree.order(name), in: tree)
                }
                guard case .refused(_, let words, let log)? = failure else {
                    Issue.record("\(String(describing: failure))")
                    continue
                }
                #expect(words.contains { $0.contains(word) }, "\(words)")
                #expect(try String(contentsOfFile: log, encoding: .utf8).contains(word))
            }
            // What a failed build left behind is no part of the next one.
            let plain = try await build(try tree.order("plain"), in: tree)
            #expect(plain.record.patches == [])
        }
    }

    @Test func aFolderIsOnlyReadAndWhatIsEditedThereIsBroughtOver() async throws {
        try await withTree { tree in
            let before = try TreeListing(of: tree.tree)
            let plain = try await build(try tree.order("plain"), in: tree)
            #expect(try TreeListing(of: tree.tree) == before)
            try tree.write("int two(int a) { return a * 5; }\n", to: "linux/drivers/two.c")
            let edited = try await build(try tree.order("plain"), in: tree)
            #expect(edited.record.fingerprint != plain.record.fingerprint)
            #expect(try objects(of: edited) == ["drivers/two.o", "vmlinux"])
        }
    }

    @Test func whoIsStoppedWhileFilesAreBroughtOverLeavesNothingHalf() async throws {
        try await withTree { tree in
            _ = try await build(try tree.order("plain"), in: tree)
            let file = tree.tree.pushing("drivers/two.c").string
            let kept = tree.folder.appending("kept").string
            try await copy(file, kept)
            try tree.write("int two(int a) { return a * 5; }\n", to: "linux/drivers/two.c")
            try tree.write("int zero;\n", to: "linux/zz/new.c")
            let trees = tree.cache.appending("trees")
            let name = try #require(
                try FileManager.default.contentsOfDirectory(atPath: trees.string).first)
            let built = trees.appending(name).appending("linux")
            // A file in the place of a folder: what comes behind it is not brought over.
            try "".write(toFile: built.string + "/zz", atomically: true, encoding: .utf8)
            await #expect(throws: BuildFailure.self) {
                try await build(try tree.order("plain"), in: tree)
            }
            try FileManager.default.removeItem(atPath: built.string + "/zz")
            try FileManager.default.removeItem(atPath: tree.tree.string + "/zz")
            // As it was, to the nanosecond.
            try await copy(kept, file)
            try tree.patch("other", "drivers/one.c", from: "int two(int);", to: "int two(int a);")
            _ = try await build(try tree.order("other"), in: tree)
            let brought = built.pushing("drivers/two.c").string
            #expect(try text(brought) == text(kept))
        }
    }

    private func copy(_ file: String, _ place: String) async throws {
        try await Tool.run(
            "cp", ["-p", file, place], deadline: .after(.seconds(10), for: "a copy")
        ).succeeded()
    }

    private func text(_ file: String) throws -> String {
        try String(contentsOfFile: file, encoding: .utf8)
    }

    @Test func aRevisionOfARepositoryIsCompiledAndAnUnknownOneIsRefused() async throws {
        try await withTree { tree in
            let deadline = Deadline.after(.seconds(30), for: "git")
            let identity = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
            for words in [
                ["init", "--quiet", "."], ["add", "."], ["commit", "--quiet", "-m", "x"],
            ] {
                try await Tool.run(
                    "git", identity + words, directory: tree.tree, deadline: deadline
                ).succeeded()
            }
            let order = try tree.order(
                "git", source: .git(repository: tree.tree.string, revision: "HEAD"))
            let kernel = try await build(order, in: tree)
            #expect(kernel.record.source.hasPrefix("git "))
            #expect(try objects(of: kernel) == Self.all)
            let unknown = try tree.order(
                "git", source: .git(repository: tree.tree.string, revision: "v9.9"))
            let trouble = await #expect(throws: RecipeTrouble.self) {
                try await build(unknown, in: tree)
            }
            #expect(trouble?.description.contains("v9.9") == true)
        }
    }

    @Test func aBuildEndsWithItsDeadlineAndLeavesNobodyBehind() async throws {
        try await withTree { tree in
            let marker = "4321.\(UInt32.random(in: 1..<100_000))"
            try tree.patch(
                "endless", "Makefile",
                from: "objects := init/head.o init/banner.o drivers/one.o drivers/two.o",
                to: "objects := init/head.o $(shell sleep \(marker))")
            await #expect(throws: DeadlineExceeded.self) {
                try await build(try tree.order("endless"), in: tree, within: .seconds(3))
            }
            let processes = try await Tool.run(
                "ps", ["-eo", "args"], deadline: .after(.seconds(10), for: "ps")
            ).text
            #expect(!processes.contains(marker))
        }
    }

    @Test func aDiskThatIsFullIsTheBenchsFault() async throws {
        try await withTree { tree in
            _ = try await build(try tree.order("plain"), in: tree)
            let trees = tree.cache.appending("trees")
            let name = try #require(
                try FileManager.default.contentsOfDirectory(atPath: trees.string).first)
            // A device that has no room, ever (full(4)), in the place of the log.
            try FileManager.default.createSymbolicLink(
                atPath: trees.appending(name).appending("full.log").string,
                withDestinationPath: "/dev/full")
            try tree.patch("full", "drivers/one.c", from: "int two(int);", to: "int two(int b);")
            let failure = await #expect(throws: BuildFailure.self) {
                try await build(try tree.order("full"), in: tree)
            }
            #expect(failure?.kind == .bench)
            #expect(
                failure?.description.contains("No space left on device") == true,
                "\(String(describing: failure))")
        }
    }
}
