// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence
package import Vocabulary

/// What is known of a board for all of its cases.
package struct BoardRecord: Sendable, Codable {
    package var board: BoardName
    package var kernel: KernelRecord?
    /// The raw texts of the board itself; the files lie in its folder.
    package var texts: [RawText]

    package init(board: BoardName, kernel: KernelRecord? = nil, texts: [RawText] = []) {
        self.board = board
        self.kernel = kernel
        self.texts = texts
    }
}

/// Which kernel ran on a board, and what proves it.
package struct KernelRecord: Sendable, Hashable, Codable {
    /// The recipe, where there was one.
    package var recipe: KernelName?
    /// Of the image that was booted, where we booted it.
    package var image: ContentHash?
    /// `uname -r`.
    package var release: String
    /// The GNU build ID in hex, where the kernel has one.
    package var buildID: String?
    /// `/proc/sys/kernel/random/boot_id`.
    package var bootID: String

    package init(
        recipe: KernelName? = nil, image: ContentHash? = nil, release: String,
        buildID: String? = nil, bootID: String
    ) {
        self.recipe = recipe
        self.image = image
        self.release = release
        self.buildID = buildID
        self.bootID = bootID
    }
}
