// SPDX-License-Identifier: GPL-3.0-or-later

package import Boards
package import KernelTree
package import Vocabulary

/// What a board must show before anything is said of its kernel: that it booted, and booted this one.
package struct KernelProof: Sendable, Hashable {
    package let board: BoardName
    /// What was given to the board; nothing for a board that keeps its own kernel.
    package let image: KernelImage?
    /// The boot that the board was in before; it must have left it.
    package let earlierBoot: String?
    /// The boot that the console told of.
    package let announcedBoot: String?

    package init(
        board: BoardName, image: KernelImage?, earlierBoot: String? = nil,
        announcedBoot: String? = nil
    ) {
        self.board = board
        self.image = image
        self.earlierBoot = earlierBoot
        self.announcedBoot = announcedBoot
    }

    /// Compares what the board says of itself with what it must say.
    /// - Throws: `WrongKernel`.
    package func check(_ identity: BoardIdentity) throws(WrongKernel) {
        if let earlierBoot, earlierBoot == identity.bootID {
            throw wrong("another boot ID than \(earlierBoot)", "the same: it did not boot")
        }
        if let announcedBoot, announcedBoot != identity.bootID {
            throw wrong("boot ID \(announcedBoot), as its console said", identity.bootID)
        }
        guard let image else { return }
        guard image.release == identity.release else {
            throw wrong("release \(image.release)", "release \(identity.release)")
        }
        guard image.banners.contains(identity.banner) else {
            throw wrong(
                "the banner '\(image.banners.joined(separator: "' or '"))'", identity.banner)
        }
        try checkBuildID(of: identity, image)
    }

    /// A kernel without a build ID cannot be told from another of the same release and banner.
    private func checkBuildID(
        of identity: BoardIdentity, _ image: KernelImage
    ) throws(WrongKernel) {
        guard let found = identity.buildID else {
            // Where the image has none either, no board could prove it.
            throw wrong(
                "a build ID in /sys/kernel/notes", "none",
                blames: image.buildIDs.isEmpty ? .kernel : .bench)
        }
        guard image.buildIDs.contains(found) else {
            throw wrong("a build ID among \(image.buildIDs.joined(separator: ", "))", found)
        }
    }

    private func wrong(
        _ expected: String, _ found: String, blames kind: FaultKind = .bench
    ) -> WrongKernel {
        WrongKernel(board: board, expected: expected, found: found, kind: kind)
    }
}
