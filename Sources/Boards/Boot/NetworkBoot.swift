// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
package import SystemPackage
package import Vocabulary

/// Boots a kernel from the lab's own TFTP server, into whose folder it is put together with a menu.
///
/// The board asks the network first and falls back to its disk where there is no such menu, so that
/// removing the menu leads back. It is removed as soon as the kernel answers.
package struct NetworkBoot: BootMethod {
    /// Who reads the menu.
    package enum Loader: String, Sendable, Hashable, CaseIterable {
        case grub, pxelinux
    }

    /// A folder of the controller that its TFTP server serves.
    private let folder: FilePath
    /// The menu's path in the folder.
    private let menu: String
    private let loader: Loader
    /// Whose initrd and device tree are paths in the folder.
    private let ground: BootGround

    package init(_ ground: BootGround, folder: FilePath, menu: String, loader: Loader) {
        self.ground = ground
        self.folder = folder
        self.menu = menu
        self.loader = loader
    }

    package var manner: BootManner { BootManner(method: "netboot", isWarm: false) }

    package var byHand: String { "remove \(path(menu)), which could not be removed" }

    /// Puts image and menu into the folder.
    package func prepare(_ kernel: BootableKernel, with hand: BoardHand) async throws {
        let words = try await KernelInstallation.words(hand) + ground.words + kernel.words
        let image = KernelInstallation.folderName + "/Image"
        let installation = KernelInstallation(
            image: "/" + image, initrd: ground.initrd.map { "/" + $0 },
            deviceTree: ground.deviceTree.map { "/" + $0 }, words: words)
        try withFiles(hand.board) { files in
            let place = path(image)
            try files.createDirectory(
                atPath: place.removingLastComponent().string, withIntermediateDirectories: true)
            if files.fileExists(atPath: place.string) { try files.removeItem(atPath: place.string) }
            try files.copyItem(atPath: kernel.image.string, toPath: place.string)
            try Data(text(installation).utf8).write(
                to: URL(filePath: path(menu).string), options: .atomic)
        }
    }

    /// Removes the menu, which the controller can do at any time.
    package func disarm(with hand: BoardHand?) async throws -> Bool {
        let files = FileManager.default
        guard files.fileExists(atPath: path(menu).string) else { return true }
        do { try files.removeItem(atPath: path(menu).string) } catch { return false }
        return true
    }

    /// Removes menu and image.
    package func tidy(with hand: BoardHand) async throws {
        _ = try await disarm(with: hand)
        // What nobody boots does no harm, and the next kernel replaces it.
        try? FileManager.default.removeItem(atPath: path(KernelInstallation.folderName).string)
    }

    private func path(_ name: String) -> FilePath { folder.appending(FilePath(name).components) }

    private func text(_ installation: KernelInstallation) -> String {
        switch loader {
        case .grub: GRUBEntry.commands(of: installation).joined(separator: "\n") + "\nboot\n"
        case .pxelinux:
            "default doorbell\n" + ExtlinuxLabel(installation, seenBy: .everything).text + "\n"
        }
    }

    private func withFiles(_ board: BoardName, _ work: (FileManager) throws -> Void) throws {
        do { try work(.default) } catch {
            throw BootFault(
                board: board,
                cause: .file(path: folder.string, reason: error.localizedDescription))
        }
    }
}
