// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import KernelTree
import ResultArchive
import SystemPackage
import VirtualBoards
import Vocabulary

/// Makes sure that the kernel that runs is the one that was asked for.
struct KernelCheck: Sendable {
    let order: BoardOrder
    private let reading: Task<KernelImage?, any Error>

    /// Begins to read what is going to be booted, which takes a while and can do so beside the boot.
    ///
    /// - Parameters:
    ///   - order: the board and its recipe.
    ///   - image: what is booted; nothing for a board that keeps its own kernel.
    init(order: BoardOrder, image: BoardImage?) {
        self.order = order
        reading = Task { try image.map { try KernelImage(of: $0.kernel.image) } }
    }

    /// Compares what the board says of itself with what was booted, and writes it down.
    /// - Throws: `WrongKernel`, `BuildFailure`.
    func check(_ live: LiveBoard) async throws -> KernelRecord {
        let (identity, image) = (live.identity, try await reading.value)
        try KernelProof(
            board: order.board.name, image: image, earlierBoot: live.arrival?.earlierBoot,
            announcedBoot: live.announcedBoot
        ).check(identity)
        return KernelRecord(
            recipe: order.kernel?.name, design: order.kernel.flatMap { StatedDesign($0.recipe) },
            image: image.flatMap { ContentHash(hexadecimal: $0.hash) },
            release: identity.release, banner: identity.banner, buildID: identity.buildID,
            bootID: identity.bootID, boot: live.manner)
    }
}

extension StatedDesign {
    /// What a recipe states; nothing where it leaves the generation to the version.
    init?(_ recipe: KernelRecipe) {
        guard let generation = recipe.generation else { return nil }
        self.init(generation: generation, series: recipe.series)
    }
}
