// SPDX-License-Identifier: GPL-3.0-or-later

package import Bisection
import KernelTree
import ReferenceModel
import ResultArchive
import Scheduling
package import SystemPackage
package import Vocabulary

/// Makes kernels here, and boots them on the boards of a lab.
package struct BoardProbeBench: ProbeBench {
    private let kernels: any RevisionKernels
    private let boards: [BoardOrder]
    private let suites: [SuiteOrder]
    private let symptom: Symptom
    private let bench: SuiteBench
    /// Held while a kernel is made: the compiler takes all processors, and one tree serves all.
    private let lock: FilePath
    private let watch: @Sendable (BisectionStep) -> Void

    package init(
        kernels: any RevisionKernels, boards: [BoardOrder], suites: [SuiteOrder],
        symptom: Symptom, bench: SuiteBench, lock: FilePath,
        watch: @escaping @Sendable (BisectionStep) -> Void
    ) {
        self.kernels = kernels
        self.boards = boards
        self.suites = suites
        self.symptom = symptom
        self.bench = bench
        self.lock = lock
        self.watch = watch
    }

    /// Makes one kernel at a time; others boot meanwhile.
    package func make(_ revision: Revision, isAhead: Bool) async throws -> ProbeKernel {
        let deadline = Deadline.after(KernelForge.patience, for: "kernel \(revision) to be made")
        return try await withLock(on: lock, deadline: deadline) {
            let start = ContinuousClock.now
            let recipe = try kernels.recipe(of: revision)
            guard let order = recipe.order else {
                return ProbeKernel(revision: revision, recipe: recipe, binary: nil)
            }
            let watch = self.watch
            let forge = KernelForge(
                isGentle: isAhead, announce: { watch(.announced($0)) },
                progress: { watch(.compiling(revision, objects: $1.objects)) })
            let built = try await forge.build(order)
            return ProbeKernel(
                revision: revision, recipe: recipe.ready(built),
                binary: Self.identity(of: built, recipe.recipe), took: start.duration(to: .now))
        }
    }

    /// The code, and what of the recipe the model is told.
    private static func identity(
        of kernel: BuiltKernel, _ recipe: KernelRecipe
    ) -> BinaryIdentity? {
        // Two kernels of one image may have different modules.
        guard !kernel.record.hasModules else { return nil }
        let design = [recipe.generation?.rawValue, recipe.series.map { "\($0)" }].compactMap(\.self)
        let words = [kernel.record.image.code] + design + recipe.commandLine
        return BinaryIdentity(words.joined(separator: " "))
    }

    /// Boots, runs the suites, archives the run, and looks for the symptom in it.
    package func boot(_ kernel: ProbeKernel, on board: BoardName) async throws -> BootedProbe {
        let orders = boards.filter { $0.board.name == board }.map {
            BoardOrder(board: $0.board, labFolder: $0.labFolder, kernel: kernel.recipe)
        }
        let watch = self.watch
        let (outcome, folder) = try await bench.play(
            suites, on: orders, command: ["doorbell", "bisect", kernel.revision.text],
            watch: { watch(.running(kernel.revision, $0)) }, announce: { watch(.announced($0)) })
        let sighting = ProbeSighting(outcome, in: folder, suites: suites)
        return BootedProbe(
            answer: symptom.answer(sighting), kernel: outcome.boards.first?.kernel,
            run: folder.name)
    }
}

extension NamedRecipe {
    /// The recipe of a kernel that was compiled from this one: what its tree becomes meanwhile is of
    /// no matter.
    func ready(_ kernel: BuiltKernel) -> NamedRecipe {
        let image = ReadyImage(
            image: RecipePath(kernel.image.string),
            modules: kernel.modules.map { RecipePath($0.string) })
        return NamedRecipe(
            name: name,
            recipe: KernelRecipe(
                summary: recipe.summary, source: .image(image), generation: recipe.generation,
                series: recipe.series, commandLine: recipe.commandLine),
            folder: folder)
    }
}
