// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Foundation
import KernelTree
import Scheduling
import SecureShell
import SystemPackage
import Testing
import Vocabulary

/// A real SSH server, with the cross compiler behind it, compiles what lies here.
@Suite struct CompilerHostTests {
    /// The small tree here, and the machine that compiles it.
    private struct Forge {
        let tree: SmallTree
        let server: LoopbackServer
        let connection: SSHConnection

        /// What that machine keeps.
        var copies: FilePath { FilePath(server.folder).pushing("cache/kernels/copies") }

        func build(_ order: KernelOrder) async throws -> BuiltKernel {
            try await workshop(SSHCompilerHost(connection)).build(order, deadline: Self.deadline)
        }

        func workshop(_ host: (any CompilerHost)?) -> KernelWorkshop {
            KernelWorkshop(
                root: tree.cache, packages: NoPackages(), host: host, announce: { _ in },
                progress: { _, _ in })
        }

        static var deadline: Deadline { .after(.seconds(60), for: "a small kernel") }
    }

    private func withForge(_ body: @escaping @Sendable (Forge) async throws -> Void) async throws {
        let tree = try SmallTree()
        defer { tree.remove() }
        try await LoopbackServer.run { server in
            try await SSHConnection.withConnection(to: server.target(), deadline: Forge.deadline) {
                try await body(Forge(tree: tree, server: server, connection: $0))
            }
        }
    }

    /// What the compiler was called for, as the kernel's own log has it.
    private func objects(of kernel: BuiltKernel) throws -> [String] {
        try String(contentsOfFile: kernel.log.string, encoding: .utf8)
            .split(separator: "\n").compactMap { MakeWords.object(in: $0) }.sorted()
    }

    private static let all = [
        "drivers/one.o", "drivers/two.o", "init/banner.o", "init/head.o", "vmlinux",
    ]

    @Test func anotherMachineCompilesTheSameBytesAndOnlyWhatChanged() async throws {
        try await withForge { forge in
            let plain = try await forge.build(try forge.tree.order("plain"))
            #expect(try objects(of: plain) == Self.all)
            #expect(plain.record.host == "\(NSUserName())@127.0.0.1:\(forge.server.port)")
            try forge.tree.patch(
                "tripled", "drivers/two.c", from: "int two(int a) { return a * 2; }",
                to: "int two(int a) { return a * 3; }")
            let tripled = try await forge.build(try forge.tree.order("tripled"))
            #expect(try objects(of: tripled) == ["drivers/two.o", "vmlinux"])
            // Here, with the same tools, the same kernel is made.
            try FileManager.default.removeItem(atPath: forge.tree.cache.string)
            let here = try await forge.workshop(nil).build(
                try forge.tree.order("tripled"), deadline: Forge.deadline)
            #expect(here.record.host == nil)
            #expect(here.record.image == tripled.record.image)
        }
    }

    @Test func aCopyThatIsGoneIsSentAnewAndAFileThatIsGoneGoesThereToo() async throws {
        try await withForge { forge in
            try forge.tree.write("int spare;\n", to: "linux/drivers/spare.c")
            _ = try await forge.build(try forge.tree.order("plain"))
            let copies = forge.copies
            let name = try #require(
                try FileManager.default.contentsOfDirectory(atPath: copies.string).first)
            let spare = copies.appending(name).pushing("linux/drivers/spare.c").string
            #expect(FileManager.default.fileExists(atPath: spare))
            try FileManager.default.removeItem(
                atPath: forge.tree.tree.pushing("drivers/spare.c").string)
            let without = try await forge.build(try forge.tree.order("plain"))
            #expect(try objects(of: without) == [])
            #expect(!FileManager.default.fileExists(atPath: spare))
            try FileManager.default.removeItem(atPath: copies.string)
            try forge.tree.patch(
                "moved", "drivers/one.c", from: "int two(int);", to: "int two(int number);")
            #expect(try objects(of: await forge.build(try forge.tree.order("moved"))) == Self.all)
        }
    }

    @Test func modulesComeBackUnderTheReleaseOfTheirKernel() async throws {
        try await withForge { forge in
            try forge.tree.write("CONFIG_WANTED=m\n", to: "small.config")
            let kernel = try await forge.build(try forge.tree.order("plain"))
            let release = "6.1.0-doorbell-\(kernel.record.fingerprint.short)"
            #expect(kernel.record.image.release == release)
            let module = try #require(kernel.modules).appending("extra.ko")
            let bytes = try Data(contentsOf: URL(filePath: module.string))
            #expect(bytes.range(of: Data(release.utf8)) != nil)
        }
    }

    /// A machine has the compiler that it has; its kernel is the recipe's here too.
    @Test func aKernelOfAnotherCompilerIsUsedHere() async throws {
        try await withForge { forge in
            try forge.server.replace(
                "aarch64-linux-gnu-gcc",
                by: """
                    #!/bin/sh
                    case "$*" in --version) echo "gcc of another machine"; exit;; esac
                    exec /usr/bin/aarch64-linux-gnu-gcc "$@"
                    """)
            let order = try forge.tree.order("plain")
            let kernel = try await forge.build(order)
            #expect(kernel.record.compiler.hasPrefix("gcc of another machine"))
            let workshop = forge.workshop(nil)
            #expect(try await workshop.known(order, deadline: Forge.deadline) == kernel)
            #expect(try await workshop.build(order, deadline: Forge.deadline) == kernel)
            try forge.tree.patch(
                "other", "drivers/one.c", from: "int two(int);", to: "int two(int number);")
            let other = try forge.tree.order("other")
            #expect(try await workshop.known(other, deadline: Forge.deadline) == nil)
        }
    }

    @Test func whatFailsThereIsToldWithItsOwnWords() async throws {
        try await withForge { forge in
            try forge.tree.patch("broken", "drivers/one.c", from: "int two(int);", to: "int two(")
            let failure = await #expect(throws: BuildFailure.self) {
                try await forge.build(try forge.tree.order("broken"))
            }
            #expect(failure?.kind == .kernel)
            #expect(failure?.description.contains("drivers/one.c:") == true, "\(failure as Any)")
            try forge.server.replace("aarch64-linux-gnu-gcc", by: "#!/bin/sh\nexit 127\n")
            let missing = await #expect(throws: BuildFailure.self) {
                try await forge.build(try forge.tree.order("plain"))
            }
            #expect(missing?.kind == .bench)
            #expect(missing?.description.contains("on \(NSUserName())@127.0.0.1") == true)
            try forge.server.replace("tar", by: "#!/bin/sh\necho no tar here >&2; exit 1\n")
            let compiler = #"exec /usr/bin/aarch64-linux-gnu-gcc "$@""#
            try forge.server.replace("aarch64-linux-gnu-gcc", by: "#!/bin/sh\n\(compiler)\n")
            let noTar = await #expect(throws: BuildFailure.self) {
                try await forge.build(try forge.tree.order("plain"))
            }
            #expect(noTar?.description.contains("no tar here") == true, "\(noTar as Any)")
        }
    }
}
