// SPDX-License-Identifier: GPL-3.0-or-later

package import Bisection
package import ResultArchive
package import Vocabulary

/// What a bisection needs of the world: kernels made, and booted on boards.
package protocol ProbeBench: Sendable {
    /// Makes the kernel of a revision, and tells what it was compiled to.
    ///
    /// Of those that no board waits for yet, boards that need the same processors must feel nothing.
    /// - Throws: what kernels throw; `CancellationError`.
    func make(_ revision: Revision, isAhead: Bool) async throws -> ProbeKernel

    /// Boots a kernel on a board, and looks for the symptom.
    ///
    /// - Throws: `ArchiveError` where nothing could be written down; `CancellationError`.
    func boot(_ kernel: ProbeKernel, on board: BoardName) async throws -> BootedProbe
}

/// A revision's kernel, ready to be booted.
package struct ProbeKernel: Sendable {
    package let revision: Revision
    package let recipe: NamedRecipe
    /// Equal where two kernels run the same code and are held against the same model; nothing where
    /// that is not known.
    package let binary: BinaryIdentity?
    /// How long it was made, once its turn had come.
    package let took: Duration

    package init(
        revision: Revision, recipe: NamedRecipe, binary: BinaryIdentity?, took: Duration = .zero
    ) {
        self.revision = revision
        self.recipe = recipe
        self.binary = binary
        self.took = took
    }
}

/// What the boot of a kernel came to.
package struct BootedProbe: Sendable {
    package let answer: ProbeAnswer
    /// Nothing where the board never answered.
    package let kernel: KernelRecord?
    /// The run's name.
    package let run: String

    package init(answer: ProbeAnswer, kernel: KernelRecord?, run: String) {
        self.answer = answer
        self.kernel = kernel
        self.run = run
    }
}
