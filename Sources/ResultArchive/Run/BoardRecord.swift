// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence
package import ReferenceModel
package import Vocabulary

/// What is known of a board for all of its cases.
package struct BoardRecord: Sendable, Codable {
    package var board: BoardName
    package var kernel: KernelRecord?
    /// The raw texts of the board itself; the files lie in its folder.
    package var texts: [RawText]
    /// What the lab file states of doorbells, for a board whose firmware does not tell.
    package var doorbells: [DoorbellNode]?

    package init(
        board: BoardName, kernel: KernelRecord? = nil, texts: [RawText] = [],
        doorbells: [DoorbellNode]? = nil
    ) {
        self.board = board
        self.kernel = kernel
        self.texts = texts
        self.doorbells = doorbells
    }
}

/// Which kernel ran on a board, and what proves it.
package struct KernelRecord: Sendable, Hashable, Codable {
    /// The recipe, where there was one.
    package var recipe: KernelName?
    /// What the recipe states of its design, where it does.
    package var design: StatedDesign?
    /// Of the image that was booted, where we booted it.
    package var image: ContentHash?
    /// `uname -r`.
    package var release: String
    /// `/proc/version`: who compiled it, and with what; nothing in earlier archives.
    package var banner: String?
    /// The GNU build ID in hex, where the kernel has one.
    package var buildID: String?
    /// `/proc/sys/kernel/random/boot_id`.
    package var bootID: String
    /// How it came to run, where that was done over SSH for the run, or by a snapshot.
    package var boot: BootManner?

    package init(
        recipe: KernelName? = nil, design: StatedDesign? = nil, image: ContentHash? = nil,
        release: String, banner: String? = nil, buildID: String? = nil, bootID: String,
        boot: BootManner? = nil
    ) {
        self.recipe = recipe
        self.design = design
        self.image = image
        self.release = release
        self.banner = banner
        self.buildID = buildID
        self.bootID = bootID
        self.boot = boot
    }
}

/// The design of MSI mapping that a kernel's recipe states: its version need not tell.
package struct StatedDesign: Sendable, Hashable, Codable {
    package var generation: Generation
    /// How many patches of the RFC's series are applied; nothing for all of them.
    package var series: Int?

    package init(generation: Generation, series: Int? = nil) {
        self.generation = generation
        self.series = series
    }
}
