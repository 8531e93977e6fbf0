// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing

extension VirtualBoardTier {
    @Suite("A bisection on virtual boards")
    struct BisectTests {
        /// How the kernel calls the chip of PCI devices' interrupts: 6.12 has another name than 6.1.
        private static let script = """
            #!/bin/sh
            echo 1..1
            grep -q ITS-MSI /proc/interrupts && echo "ok 1 chip" || echo "not ok 1 chip"
            """

        private static let suite = """
            name: chip
            summary: A suite of one story
            cases:
              - {name: chip, summary: The name of the chip, program: {file: chip.sh}}
            """

        private func write(_ boards: [SceneBoard], to scene: Scene) throws {
            try scene.write(boards)
            try scene.write(Self.script, to: "chip.sh")
            try scene.write(Self.suite, to: "chip.yaml")
        }

        private func words(_ scene: Scene) -> [String] { scene.bisectWords("chip.yaml") }

        private func bisect(_ words: [String], _ scene: Scene) async throws -> ToolOutput {
            try await scene.bisect(words)
        }

        @Test("names the first kernel of a list with another chip, also on a board that joins late")
        func kernels() async throws {
            try await Scene.with { scene in
                try write([SceneBoard(), SceneBoard(name: "two")], to: scene)
                let list = ["debian-6.1", "small-6.1", "small-6.12", "debian-6.12"]
                async let running = bisect(["kernels"] + list + words(scene), scene)
                let again = ["--results", scene.folder.string]
                try await scene.awaitAnswers(1)
                let boards = try await bisect(
                    ["boards", "--add", "\(scene.tag)-two"] + again, scene)
                #expect(boards.text == "\(scene.tag)-its\n\(scene.tag)-two\n", "\(boards.seen)")
                let output = try await running
                #expect(output.status == .exited(0), "\(output.seen)")
                #expect(output.text.contains("the culprit is small-6.12"), "\(output.seen)")
                #expect(output.text.contains("last good: small-6.1"), "\(output.seen)")
                #expect(output.text.contains("--kernel small-6.12"), "\(output.seen)")
                #expect(output.errors.contains("goes to \(scene.tag)-two"), "\(output.seen)")
                let log = try await bisect(["log"] + again, scene)
                #expect(log.text.contains("first bad commit: [small-6.12]"), "\(log.seen)")
                let page = try await bisect(["report", "--format", "html"] + again, scene)
                #expect(page.text.contains("<h1>the culprit is small-6.12"), "\(page.seen)")
            }
        }

        @Test("that is killed three times ends with the same answer and repeats no finished boot")
        func killed() async throws {
            try await Scene.with { scene in
                try write([SceneBoard()], to: scene)
                let list = ["debian-6.1", "small-6.1", "small-6.12", "debian-6.12"]
                let output = try await scene.bisect(
                    ["kernels"] + list + words(scene), killedTimes: 3)
                #expect(output.status == .exited(0), "\(output.seen)")
                #expect(output.text.contains("the culprit is small-6.12"), "\(output.seen)")
            }
        }

        private func git(_ words: String..., in folder: FilePath) async throws {
            let who = ["-c", "user.name=Doorbell", "-c", "user.email=doorbell@localhost"]
            try await Tool.run(
                "git", ["-C", folder.string] + who + words,
                deadline: .after(.seconds(60), for: "git")
            ).succeeded()
        }

        /// Commits whose kernels are there already: make takes what each commit names.
        private func history(in scene: Scene) async throws -> FilePath {
            let repository = scene.folder.appending("history")
            try await git("init", "--quiet", repository.string, in: scene.folder)
            try scene.write(Self.makefile, to: "history/Makefile")
            try scene.write("", to: "history/Kconfig")
            for (number, kernel) in ["small-6.1", "small-6.1", "small-6.12", "small-6.12"]
                .enumerated()
            {
                try scene.write("\(try await image(of: kernel, scene))\n", to: "history/image")
                // What stands behind an image is loaded with it: four kernels, two that differ.
                try scene.write("\(number)\n", to: "history/number")
                try await git("add", ".", in: repository)
                try await git(
                    "commit", "--quiet", "-m", "take \(kernel) as \(number)", in: repository)
            }
            return repository
        }

        /// Where a kernel lies that was compiled before.
        private func image(of kernel: String, _ scene: Scene) async throws -> String {
            let shown = try await scene.doorbell(["kernel", "show", kernel]).succeeded()
            return String(try #require(shown.text.firstMatch(of: /\n *image +(\S+)/)).1)
        }

        /// Makes of an option one of two kernels that were compiled before.
        private func choosing(_ option: String, _ scene: Scene) async throws -> String {
            let (old, new) = (
                try await image(of: "small-6.1", scene), try await image(of: "small-6.12", scene)
            )
            return """
                olddefconfig:
                \t@touch System.map
                Image:
                \t@mkdir -p arch/arm64/boot
                \tif grep -q \(option)=y .config; then cat \(new); else cat \(old); fi | \\
                \t    cat - .config > arch/arm64/boot/Image

                """
        }

        @Test("names the option between two configurations")
        func options() async throws {
            try await Scene.with { scene in
                try write([SceneBoard(devices: ["virtio-rng"])], to: scene)
                try scene.makeFolder("linux")
                try scene.write(try await choosing("CONFIG_NEW", scene), to: "linux/Makefile")
                try scene.write("", to: "linux/Kconfig")
                let recipe = "source: {tree: .}\nconfiguration: {base: ../good.config}\n"
                try scene.write("summary: x\n" + recipe, to: "linux/kernel.yaml")
                let names = ["CONFIG_ONE", "CONFIG_TWO", "CONFIG_NEW", "CONFIG_OLD"]
                let off = names.map { "# \($0) is not set\n" }.joined()
                try scene.write(off, to: "good.config")
                try scene.write(names.map { "\($0)=y\n" }.joined(), to: "bad.config")
                let cache = try scene.cacheOfItsOwn()
                let output = try await scene.bisect(
                    ["options", scene.folder.appending("linux").string]
                        + ["--good", scene.folder.appending("good.config").string]
                        + ["--bad", scene.folder.appending("bad.config").string] + words(scene),
                    cache)
                #expect(output.status == .exited(0), "\(output.seen)")
                #expect(
                    output.text.contains("the culprit is CONFIG_NEW: CONFIG_NEW=y"),
                    "\(output.seen)")
                let command = try #require(output.text.firstMatch(of: /run (.*)\n/)).1
                let again = try await scene.doorbell(
                    ["run"] + command.split(separator: " ").map(String.init)
                        + ["--results", scene.results.string], environment: cache)
                #expect(again.status == .exited(1), "\(again.seen)")
            }
        }

        private static let makefile = """
            tinyconfig olddefconfig:
            \t@touch .config System.map
            Image:
            \t@mkdir -p arch/arm64/boot
            \tcat $(shell cat image) number > arch/arm64/boot/Image

            """

        @Test("over commits, killed twice, ends with the same answer and repeats no finished boot")
        func killedCommits() async throws {
            try await Scene.with { scene in
                try write([SceneBoard(devices: ["virtio-rng"])], to: scene)
                let repository = try await history(in: scene)
                let ends = ["--good", "HEAD~3", "--bad", "HEAD", "--kernel", "small-6.1"]
                let output = try await scene.bisect(
                    ["commits", "--repository", repository.string] + ends + words(scene),
                    killedTimes: 2, scene.cacheOfItsOwn())
                #expect(output.status == .exited(0), "\(output.seen)")
                #expect(output.text.contains("take small-6.12 as 2"), "\(output.seen)")
            }
        }

        @Test(
            "of ends that are not what they are said to be says so",
            arguments: [
                (["debian-6.12", "small-6.1", "debian-6.1"], "the bad end is good"),
                (["small-6.12", "debian-6.12"], "the good end is bad"),
            ])
        func ends(list: [String], sentence: String) async throws {
            try await Scene.with { scene in
                try write([SceneBoard()], to: scene)
                let output = try await bisect(["kernels"] + list + words(scene), scene)
                #expect(output.status == .exited(3), "\(output.seen)")
                #expect(output.text.contains(sentence), "\(output.seen)")
            }
        }

        /// A recipe with the RFC's series, in whose middle stands a patch with a bug.
        private func brokenSeries(in scene: Scene) throws {
            let labs = Scene.root.appending("Labs/Kernels")
            try FileManager.default.copyItem(
                atPath: labs.appending("rfc-mixed-6.1").string,
                toPath: scene.folder.appending("broken").string)
            let mutant = Scene.root.appending("Suites/Mutants/v2m-number-without-base.patch")
            try FileManager.default.copyItem(
                atPath: mutant.string,
                toPath: scene.folder.appending("broken/patches/\(Self.mutant)").string)
            let path = scene.folder.appending("broken/patches/series").string
            let series = try String(contentsOfFile: path, encoding: .utf8)
            try scene.write(
                series.replacing("\n0006-", with: "\n\(Self.mutant)\n0006-"),
                to: "broken/patches/series")
            let recipe = scene.folder.appending("broken/kernel.yaml").string
            let text = try String(contentsOfFile: recipe, encoding: .utf8)
            try scene.write(text.replacing("../", with: "\(labs)/"), to: "broken/kernel.yaml")
        }

        private static let mutant = "0005-irqchip-gic-v2m-Write-SPI-numbers-from-zero.patch"

        @Test("names the patch with a bug in the middle of the RFC's series")
        func series() async throws {
            try await Scene.with { scene in
                try scene.write([SceneBoard(controller: "gicv2m")])
                try brokenSeries(in: scene)
                let output = try await bisect(
                    [
                        "series", scene.folder.appending("broken").string, "--good", "0000",
                        "--suite", "smoke", "--case", "one-vector", "--invariant", "INV-07",
                        "--lab", scene.lab.string, "--results", scene.folder.string,
                    ], scene)
                #expect(output.status == .exited(0), "\(output.seen)")
                #expect(output.text.contains("the culprit is \(Self.mutant): "), "\(output.seen)")
                #expect(
                    output.text.contains("last good: 0005-iommu-dma-iommu_dma_"), "\(output.seen)")
                #expect(output.text.contains("INV-07"), "\(output.seen)")
            }
        }

        @Test("over commits leaves the repository as it is, and says what does not compile")
        func commits() async throws {
            try await Scene.with { scene in
                try write([SceneBoard()], to: scene)
                let repository = scene.folder.appending("linux")
                try await git("init", "--quiet", repository.string, in: scene.folder)
                for number in 0...2 {
                    try scene.write("", to: "linux/Kconfig")
                    try scene.write(
                        "tinyconfig:\n\techo commit \(number) is refused; false\n",
                        to: "linux/Makefile")
                    try await git("add", ".", in: repository)
                    try await git("commit", "--quiet", "-m", "commit \(number)", in: repository)
                }
                try scene.write("dirty", to: "linux/Kconfig")
                let ends = ["--good", "HEAD~2", "--bad", "HEAD", "--kernel", "small-6.1"]
                let output = try await bisect(
                    ["commits", "--repository", repository.string] + ends + words(scene), scene)
                #expect(output.status == .exited(3), "\(output.seen)")
                #expect(output.text.contains("cannot be judged"), "\(output.seen)")
                #expect(output.text.contains("commit 2 is refused"), "\(output.seen)")
                #expect(output.text.contains("changes that are not committed"), "\(output.seen)")
                let runs = scene.folder.appending("Runs").string
                #expect(!FileManager.default.fileExists(atPath: runs))
            }
        }

        /// A bisection that looks for a number.
        private static func past(_ suite: String, _ measure: String, _ value: String) -> [String] {
            ["kernels", "debian-6.1", "debian-6.12", "--suite", suite]
                + ["--measure", measure, "--above", value]
        }

        @Test(
            "that cannot begin says why, and leaves nothing",
            arguments: [
                (["kernels", "debian-6.1"], "both ends are debian-6.1"),
                (["kernels", "debian-6.1", "debian-6.2"], "Did you mean 'debian-6.1'?"),
                (["series", "small-6.1"], "its recipe has no 'patches'"),
                (["series", "rfc-mixed-6.1", "--good", "0042"], "patch '0042' could not be found"),
                (["kernels", "debian-6.1", "debian-6.12", "--shows", "2"], "belong to --flaky"),
                (["kernels", "debian-6.1", "debian-6.12", "--board", "x"], "board 'x'"),
                (
                    ["kernels", "debian-6.1", "debian-6.12", "--measure", "latency-p99"],
                    "wants one of --above and --below"
                ),
                (Self.past("smoke", "latency-p99", "5us"), "There is none."),
                (
                    Self.past("traffic", "latency-p9", "5us"),
                    "There is: latency-max, latency-p50, latency-p99. Did you mean"
                ),
                (Self.past("traffic", "latency-p99", "5"), "measured as a time (ns, us, ms or s)"),
                (
                    [
                        "commits", "--repository", "/tmp", "--good", "a", "--bad", "b", "--kernel",
                        "small-6.1",
                    ], "it is no repository of git"
                ),
                (["resume"], "bisection 'newest' could not be found"),
                (["boards", "--add", "x"], "bisection 'newest' could not be found"),
            ])
        func usage(words: [String], sentence: String) async throws {
            try await Scene.with { scene in
                let output = try await bisect(
                    words + ["--results", scene.folder.string], scene)
                #expect(output.status == .exited(2), "\(output.seen)")
                #expect(output.errors.contains(sentence), "\(output.seen)")
                let left = try FileManager.default.contentsOfDirectory(atPath: scene.folder.string)
                #expect(left == [])
            }
        }
    }
}
