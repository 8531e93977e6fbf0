// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import ResultArchive
import SystemPackage
import VirtualBoards
import Vocabulary

/// Makes sure that the kernel that runs is the one that was asked for.
struct KernelCheck: Sendable {
    let order: BoardOrder
    /// What was booted; nothing for a board that keeps its own kernel.
    let image: BoardImage?
    private let hashing: Task<ContentHash?, any Error>

    /// Begins to hash what is going to be booted, which takes a while and can do so beside the boot.
    init(order: BoardOrder, image: BoardImage?) {
        self.order = order
        self.image = image
        hashing = Task { try image.map { try ContentHash(ofFile: $0.kernel.image) } }
    }

    /// Compares what the board says of itself with what was booted, and writes it down.
    /// - Throws: `WrongKernel`, `ArchiveError`.
    func check(_ identity: BoardIdentity) async throws -> KernelRecord {
        let expected = image?.kernel.modules?.lastComponent?.string
        if let expected, expected != identity.release {
            throw WrongKernel(
                board: order.board.name, expected: expected, found: identity.release)
        }
        return KernelRecord(
            recipe: order.kernel?.name, design: order.kernel.flatMap { StatedDesign($0.recipe) },
            image: try await hashing.value,
            release: identity.release, buildID: identity.buildID, bootID: identity.bootID)
    }
}

extension StatedDesign {
    /// What a recipe states; nothing where it leaves the generation to the version.
    init?(_ recipe: KernelRecipe) {
        guard let generation = recipe.generation else { return nil }
        self.init(generation: generation, series: recipe.series)
    }
}

/// A board that runs another kernel than the one that it was given.
struct WrongKernel: Blame, Hashable {
    let board: BoardName
    let expected: String
    let found: String

    var kind: FaultKind { .bench }

    var account: Account {
        Account(
            subject: "board \(board)", action: "run kernel \(expected)",
            cause: "`uname -r` says \(found)",
            remedy: "No verdict is given about a kernel that was not asked for.")
    }
}
