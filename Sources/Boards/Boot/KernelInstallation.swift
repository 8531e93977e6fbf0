// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SecureShell
import SystemPackage
import Vocabulary

/// A kernel that was brought to a board: its files there, and its command line.
struct KernelInstallation: Sendable, Hashable {
    let image: String
    let initrd: String?
    let deviceTree: String?
    let words: [String]

    var commandLine: String { words.joined(separator: " ") }

    /// What our folder on a board is called, below the one that the lab names.
    static let folderName = "doorbell-boot"

    /// Brings image and modules to a board, after looking whether there is room for them.
    /// - Throws: `BootFault`, `SSHError`.
    static func make(
        of kernel: BootableKernel, on ground: BootGround, with hand: BoardHand
    ) async throws -> KernelInstallation {
        try await remove(from: ground, with: hand)
        let folder = "\(ground.folder)/\(folderName)"
        let image = try read(kernel.image, of: hand.board)
        let modules = try await archive(kernel, hand)
        try await BoardSpace.check(
            for: image.count, in: ground.folder, and: modules.count, in: "/lib/modules", hand)
        try await hand.run(#"mkdir -p "$1""#, folder)
        try await hand.connection.upload(
            image, to: RemotePath("\(folder)/Image"), deadline: patience(hand, "the kernel"))
        if !modules.isEmpty { try await unpack(modules, kernel.release, hand) }
        let initrd = try await initrd(of: kernel, on: ground, in: folder, hand)
        try await hand.run("sync")
        return KernelInstallation(
            image: "\(folder)/Image", initrd: initrd, deviceTree: ground.deviceTree,
            words: try await words(hand) + ground.words + kernel.words)
    }

    /// Removes what `make` has brought; our own modules are known by a mark.
    /// - Throws: `SSHError`.
    static func remove(from ground: BootGround, with hand: BoardHand) async throws {
        let script = """
            rm -rf "$1/$2"
            for mark in /lib/modules/*/.doorbell
            do [ ! -e "$mark" ] || rm -rf "${mark%/.doorbell}"
            done
            sync
            """
        try await hand.run(script, ground.folder, folderName)
    }

    private static func read(
        _ path: FilePath, of board: BoardName
    ) throws(BootFault) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path.string) else {
            throw BootFault(
                board: board, cause: .file(path: path.string, reason: "it cannot be read"))
        }
        return Array(data)
    }

    private static func patience(_ hand: BoardHand, _ what: String) -> Deadline {
        .after(hand.budgets.boot, for: "\(what) to be on board \(hand.board)")
    }

    /// The command line of the kernel that runs, without what the loader added for that one.
    static func words(_ hand: BoardHand) async throws -> [String] {
        try await hand.run("cat /proc/cmdline").split(whereSeparator: \.isWhitespace)
            .map(String.init)
            .filter { !$0.hasPrefix("BOOT_IMAGE=") && !$0.hasPrefix("initrd=") }
    }
}

// MARK: Modules and initrd

extension KernelInstallation {
    /// The modules as a tar archive; nothing where there are none, or the board has them already.
    private static func archive(
        _ kernel: BootableKernel, _ hand: BoardHand
    ) async throws -> [UInt8] {
        guard let modules = kernel.modules else { return [] }
        let has = try await hand.run(
            #"[ ! -d "/lib/modules/$1" ] || echo yes"#, kernel.release)
        guard has.isEmpty else { return [] }
        // What points back to the source is of no use on a board.
        let words = [
            "-c", "-f", "-", "-C", modules.removingLastComponent().string, "--exclude=build",
            "--exclude=source", modules.lastComponent?.string ?? ".",
        ]
        return try await Tool.run(
            "tar", words, deadline: patience(hand, "the modules"), outputLimit: .mebibytes(2048)
        ).succeeded().standardOutput
    }

    private static func unpack(
        _ modules: [UInt8], _ release: String, _ hand: BoardHand
    ) async throws {
        let script = """
            mkdir -p "/lib/modules/$1" && : >"/lib/modules/$1/.doorbell" &&
            tar -x -f - -C /lib/modules && { ! command -v depmod >/dev/null || depmod "$1"; }
            """
        try await hand.connection.run(
            RemoteCommand(script: script, [release]), input: modules,
            deadline: patience(hand, "the modules")
        ).succeeded()
    }

    private static func initrd(
        of kernel: BootableKernel, on ground: BootGround, in folder: String, _ hand: BoardHand
    ) async throws -> String? {
        guard !ground.makeInitrd.isEmpty else { return ground.initrd }
        let path = "\(folder)/initrd"
        let words = ground.makeInitrd.map { word in
            word.replacing("{release}", with: kernel.release).replacing("{initrd}", with: path)
        }
        try await hand.run(program: words)
        return path
    }
}
