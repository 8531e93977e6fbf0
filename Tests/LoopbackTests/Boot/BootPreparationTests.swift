// SPDX-License-Identifier: GPL-3.0-or-later

import BenchServices
import Boards
import Foundation
import Scheduling
import SecureShell
import SystemPackage
import Testing
import Vocabulary

extension LoopbackStories {
    /// What boot methods leave on a board that has a device tree of its own and makes its initrds.
    @Suite struct BootPreparationTests {
        /// A kexec cannot run here: a program in its place writes down what it was told.
        @Test func kexecIsGivenInitrdAndDeviceTree() async throws {
            try await withBoard { board in
                let told = board.folder.appending("told")
                let script = "#!/bin/sh\nprintf '%s\\n' \"$@\" >'\(told)'\n"
                try FilePath("\(board.server.folder)/bin").write(script, to: "kexec", mode: 0o755)
                try await KexecBoot(board.ground).prepare(board.kernel, with: board.hand)
                let place = board.folder.appending("doorbell-boot")
                let words = try text(of: told).split(separator: "\n").map(String.init)
                #expect(
                    words == [
                        "-l", "\(place)/Image",
                        "--command-line=\(try commandLine())", "--initrd=\(place)/initrd",
                        "--dtb=/boot/small.dtb",
                    ])
                #expect(try text(of: place.appending("Image")) == "an image")
                let made = try text(of: place.appending("initrd"))
                #expect(made == "of 6.1.0-doorbell", "the words are those of this kernel")
            }
        }

        @Test func extlinuxGetsALabelAndKeepsTheFile() async throws {
            try await withBoard { board in
                let menu = board.folder.appending("extlinux.conf")
                let owner = "DEFAULT good\ntimeout 30\nlabel good\n    kernel /vmlinuz\n"
                try board.folder.write(owner, to: "extlinux.conf")
                let method = ExtlinuxBoot(board.ground, menu: menu.string, restore: nil)
                try await method.prepare(board.kernel, with: board.hand)
                let seen = try loaderPath(of: board.folder.appending("doorbell-boot").string)
                #expect(
                    try text(of: menu) == """
                        default doorbell
                        timeout 30
                        label good
                            kernel /vmlinuz
                        label doorbell
                            kernel \(seen)/Image
                            initrd \(seen)/initrd
                            fdt \(try loaderPath(of: "/boot/small.dtb"))
                            append \(try commandLine())

                        """)
                #expect(try await method.disarm(with: nil) == false, "nobody can put it back")
                #expect(try await method.disarm(with: board.hand))
                #expect(try text(of: menu) == owner)
            }
        }

        @Test(arguments: [NetworkBoot.Loader.grub, .pxelinux])
        func theNetworkServesADeviceTree(loader: NetworkBoot.Loader) async throws {
            try await withBoard { board in
                let ground = BootGround(
                    folder: "", initrd: "lab.cpio", deviceTree: "small.dtb", words: ["quiet"])
                let method = NetworkBoot(
                    ground, folder: board.folder, menu: "menu", loader: loader)
                try await method.prepare(board.kernel, with: board.hand)
                let words = try commandLine()
                let wanted =
                    switch loader {
                    case .grub:
                        "linux /doorbell-boot/Image \(words)\ninitrd /lab.cpio\n"
                            + "devicetree /small.dtb\nboot\n"
                    case .pxelinux:
                        "default doorbell\nlabel doorbell\n    kernel /doorbell-boot/Image\n"
                            + "    initrd /lab.cpio\n    fdt /small.dtb\n    append \(words)\n"
                    }
                #expect(try text(of: board.folder.appending("menu")) == wanted)
                #expect(try await method.disarm(with: nil))
                let left = try FileManager.default.contentsOfDirectory(atPath: board.folder.string)
                #expect(!left.contains("menu"))
            }
        }

        private struct Board {
            let folder: FilePath
            let server: LoopbackServer
            let hand: BoardHand
            let kernel: BootableKernel
            let ground: BootGround
        }

        /// A folder of this machine stands for the board's `/boot`.
        private func withBoard(
            _ body: @escaping @Sendable (Board) async throws -> Void
        ) async throws {
            try await LoopbackService.withFolder { folder in
                try folder.write("an image", to: "built")
                let kernel = BootableKernel(
                    name: try #require(KernelName("mine")), image: folder.appending("built"),
                    modules: nil, release: "6.1.0-doorbell", words: ["panic=3"])
                let ground = BootGround(
                    folder: folder.string,
                    makeInitrd: ["sh", "-c", #"printf 'of {release}' >"$1""#, "sh", "{initrd}"],
                    deviceTree: "/boot/small.dtb", words: ["quiet"])
                try await LoopbackServer.run { server in
                    try await SSHConnection.withConnection(
                        to: server.target(), deadline: soon
                    ) { connection in
                        let hand = BoardHand(
                            board: try #require(BoardName("loopback")), connection: connection,
                            budgets: BoardBudgets(
                                boot: .seconds(20), connect: .seconds(5), step: .seconds(10),
                                power: .seconds(5)))
                        try await body(
                            Board(
                                folder: folder, server: server, hand: hand, kernel: kernel,
                                ground: ground))
                    }
                }
            }
        }

        /// This machine's own, then the lab's, then the recipe's.
        private func commandLine() throws -> String {
            let own = try text(of: "/proc/cmdline").split(whereSeparator: \.isWhitespace)
                .filter { !$0.hasPrefix("BOOT_IMAGE=") && !$0.hasPrefix("initrd=") }
            return (own + ["quiet", "panic=3"]).joined(separator: " ")
        }

        /// A loader sees a path from the top of the file system that our folder lies on.
        private func loaderPath(of path: String) throws -> String {
            let mounts = try text(of: "/proc/mounts").split(separator: "\n")
            let isOwn = mounts.contains { $0.split(separator: " ").dropFirst().first == "/tmp" }
            return isOwn && path.hasPrefix("/tmp/") ? String(path.dropFirst(4)) : path
        }

        private func text(of path: FilePath) throws -> String {
            try String(contentsOfFile: path.string, encoding: .utf8)
        }
    }
}
