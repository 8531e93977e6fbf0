// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing

/// What the stories of a machine that boots other kernels have in common.
struct LabStory {
    let machine: LabMachine
    var scene: Scene { machine.scene }

    /// Writes the recipes: the small kernel, and the same with words that ruin it.
    init(_ machine: LabMachine) throws {
        self.machine = machine
        try recipe("small", words: [])
        try recipe("dies", words: ["rdinit=/nothing"])
        try recipe("mute", words: ["initcall_blacklist=virtio_net_driver_init"])
        let debian = "source: {debian: linux-image-6.1.0-*-arm64}\n"
        try write(recipe: "debian", debian + "command-line: [panic=3]\n")
        try write(recipe: "stuck", debian + "command-line: [panic=0]\n")
        // A case that outlasts whatever is done to the machine meanwhile.
        let long = SceneSuite.long.replacing("count: 500", with: "count: 5000")
        try scene.write(long, to: "long.yaml")
    }

    /// The inputs of `Labs/Kernels/small-6.1`: its kernel lies in the cache.
    private func recipe(_ name: String, words: [String]) throws {
        let small = Scene.root.string + "/Labs/Kernels/small-6.1/small.config"
        let quoted = words.map { "'\($0)'" }.joined(separator: ", ")
        try write(
            recipe: name,
            """
            source: {debian-source: linux-source-6.1}
            configuration: {base: tinyconfig, fragments: [\(small)]}
            command-line: [\(quoted)]

            """)
    }

    private func write(recipe name: String, _ text: String) throws {
        let folder = scene.folder.appending("Labs").appending("Kernels").appending(name)
        try FileManager.default.createDirectory(
            atPath: folder.string, withIntermediateDirectories: true)
        try scene.write(
            "summary: A kernel for one story\n" + text, to: "Labs/Kernels/\(name)/kernel.yaml")
    }

    private var environment: [String: String] {
        let named = ProcessInfo.processInfo.environment["DOORBELL_AGENT"] ?? ""
        let agent = named.isEmpty ? Scene.root.string + "/.build/agent/doorbell-agent" : named
        return ["DOORBELL_ROOT": scene.folder.string, "DOORBELL_AGENT": agent]
    }

    /// Runs a case of the smoke suite with a kernel; or the suites that are named.
    func run(_ kernel: String, _ suites: [String] = []) async throws -> ToolOutput {
        let smoke = [Scene.root.string + "/Suites/smoke.yaml", "--case", "one-vector"]
        return try await Tool.run(
            Scene.executable.string,
            ["run", "--lab", scene.lab.string, "--results", scene.results.string]
                + ["--kernel", kernel] + (suites.isEmpty ? smoke : suites),
            environment: Scene.environment(with: environment),
            deadline: .after(.seconds(1800), for: "a run with kernel \(kernel)"))
    }

    /// Runs a long case and does something in the middle of it.
    func runLong(_ kernel: String, while deed: () async throws -> Void) async throws -> ToolOutput {
        try await run(kernel, [scene.folder.appending("long.yaml").string]) {
            try await scene.awaitJournal("\"ring\"")
            try await deed()
        }
    }

    /// Runs cases and does something as soon as the run has begun.
    func run(
        _ kernel: String, _ suites: [String] = [], while deed: () async throws -> Void
    ) async throws -> ToolOutput {
        let count = scene.runs.count
        async let running = run(kernel, suites)
        while scene.runs.count == count { try await Task.sleep(for: .milliseconds(50)) }
        try await deed()
        return try await running
    }

    func recover() async throws -> ToolOutput {
        try await scene.doorbell([
            "board", "recover", "--board", "there", "--lab", scene.lab.string, "--results",
            scene.results.string,
        ])
    }

    /// Sees the board on its known-good kernel, with nothing of ours left.
    func expectHome(
        leaving boot: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let now = try await machine.running()
        #expect(now.release.hasSuffix("-arm64"), sourceLocation: sourceLocation)
        #expect(now.boot != boot, sourceLocation: sourceLocation)
        let left = try await machine.shell.run(
            """
            ls -d /boot/doorbell-boot /boot/grub/custom.cfg /tmp/doorbell-boot \
                /boot/extlinux/extlinux.conf.doorbell 2>/dev/null
            grub-editenv /boot/grub/grubenv list 2>/dev/null | grep next_entry
            """)
        #expect(left.text == "", sourceLocation: sourceLocation)
        #expect(marks == [], sourceLocation: sourceLocation)
    }

    /// The files that remember a board.
    var marks: [String] {
        let folder = scene.results.appending(".boards").string
        return (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    /// What the newest run's manifest blames.
    func expectFault(
        _ kind: String, _ sentence: String, in output: ToolOutput,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(output.status == .exited(3), "\(output.seen)", sourceLocation: sourceLocation)
        #expect(
            output.text.contains("inconclusive (\(kind))"), "\(output.seen)",
            sourceLocation: sourceLocation)
        #expect(output.text.contains(sentence), "\(output.seen)", sourceLocation: sourceLocation)
    }
}
