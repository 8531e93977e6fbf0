// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence
package import Judgement
package import ReferenceModel
package import ResultArchive
import Vocabulary

/// Judges the record of a case: what the model expects of this board beside what was seen.
package struct CaseJudge: Sendable {
    private let board: BoardEvidence
    private let kernel: KernelRecord?
    private let overrides: ModelOverrides

    /// Takes what a board showed, and what ran on it: the recipe may state a generation.
    package init(board: BoardEvidence, kernel: KernelRecord?, overrides: ModelOverrides) {
        self.board = board
        self.kernel = kernel
        self.overrides = overrides
    }

    /// Judges a case; its raw texts must be in the record.
    /// - Throws: `ModelError` when the board's facts do not suffice for an expectation.
    package func judge(_ record: CaseRecord) throws(ModelError) -> CaseJudgement {
        let evidence = CaseEvidence(record)
        let facts = try BoardFacts(board, groups: evidence.before.groups)
        var parameters = ModelParameters()
        if let series = kernel?.design?.series { parameters.series = .afterPatch(series) }
        let model = try ReferenceModel(
            board: facts, stated: kernel.flatMap(GenerationChoice.init), parameters: parameters,
            overrides: overrides)
        let expectation = model.predict(
            steps: record.steps.map(\.step), devices: record.devices,
            unsafeInterruptsAllowed: record.unsafeInterruptsAllowed, undone: record.undone)
        return Judgement.judge(
            evidence, expectation: expectation, board: facts,
            memory: board.memory.isEmpty ? nil : board.memory)
    }
}

extension GenerationChoice {
    /// What a kernel's recipe states; nothing where it leaves the generation to the version.
    init?(_ kernel: KernelRecord) {
        guard let design = kernel.design else { return nil }
        let recipe = kernel.recipe.map { "recipe \($0)" } ?? "the recipe"
        let place = design.series.map { ", at \(SeriesPoint.afterPatch($0))" } ?? ""
        self.init(design.generation, because: "\(recipe) states it\(place)")
    }
}
