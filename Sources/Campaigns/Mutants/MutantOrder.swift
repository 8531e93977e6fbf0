// SPDX-License-Identifier: GPL-3.0-or-later

import Judgement
package import KernelTree
import ResultArchive
package import SystemPackage
package import Vocabulary

/// A mutant with all that it takes to judge it.
package struct MutantOrder: Sendable {
    package let mutant: Mutant
    /// The recipe of its base, with its patch behind.
    package let recipe: NamedRecipe
    package let kernel: KernelOrder
    package let suite: SuiteOrder
    package let boards: [BoardOrder]

    /// Chooses the suite's cases and the boards on which the mutant must be noticed.
    ///
    /// The boards are those of the lab that boot a kernel that is given to them.
    /// - Throws: `UnfitMutant`.
    package init(
        _ mutant: Mutant, base: NamedRecipe, suite: SuiteOrder, boards: [BoardOrder]
    ) throws(UnfitMutant) {
        guard let recipe = base.mutated(by: mutant), let kernel = recipe.order else {
            throw UnfitMutant(mutant: mutant.name, cause: "\(base.name) is not compiled here")
        }
        let chosen = boards.filter { order in
            mutant.board.map { $0 == order.board.name } ?? true
        }
        guard !chosen.isEmpty else {
            throw UnfitMutant(
                mutant: mutant.name,
                cause: "the lab has no board \(mutant.board?.text ?? "that boots kernels")")
        }
        self.mutant = mutant
        self.recipe = recipe
        self.kernel = kernel
        self.suite = suite
        self.boards = chosen.map {
            BoardOrder(board: $0.board, labFolder: $0.labFolder, kernel: recipe)
        }
    }

    /// The hash of all that decides what becomes of it.
    func key(_ kernel: BuiltKernel, lab: SourceText, agent: ContentHash, tool: ContentHash)
        -> ContentHash
    {
        let words =
            [
                "mutant 1", kernel.record.fingerprint.description, agent.hexadecimal,
                tool.hexadecimal, ContentHash(of: suite.source.bytes).hexadecimal,
                ContentHash(of: lab.bytes).hexadecimal, mutant.name.text,
            ] + mutant.breaks.map(\.text) + boards.map(\.board.name.text)
        return ContentHash(of: Array(words.joined(separator: "\n").utf8))
    }
}

extension NamedRecipe {
    /// The recipe of a mutant of this kernel; nothing for a kernel that comes ready.
    package func mutated(by mutant: Mutant) -> NamedRecipe? {
        variant(mutant.name, summary: mutant.why, patch: mutant.patch)
    }

    /// The recipe with one more patch behind its own; nothing for a kernel that comes ready.
    package func variant(
        _ name: KernelName, summary: String, patch: FilePath
    ) -> NamedRecipe? {
        guard case .built(let build) = recipe.source else { return nil }
        let variant = KernelBuild(
            tree: build.tree, base: build.base, fragments: build.fragments, patches: build.patches,
            lastPatch: build.lastPatch, further: build.further + [RecipePath(patch.string)])
        return NamedRecipe(
            name: name,
            recipe: KernelRecipe(
                summary: summary, source: .built(variant), generation: recipe.generation,
                series: recipe.series, commandLine: recipe.commandLine),
            folder: folder)
    }
}

/// A mutant that cannot be judged with what is there.
package struct UnfitMutant: Blame, Hashable {
    package let mutant: KernelName
    package let cause: String

    package var kind: FaultKind { .suite }

    package var account: Account {
        Account(
            subject: "mutant \(mutant)", action: "be judged", cause: cause,
            remedy: "Its trailers name kernel and board; Suites/Mutants/README.md describes them.")
    }
}
