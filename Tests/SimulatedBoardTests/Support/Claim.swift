// SPDX-License-Identifier: GPL-3.0-or-later
import SimulatedBoard

/// A board and a generation on which model, invariants and simulator have to agree.
struct Claim: Sendable {
    let board: BoardDescription
    let generation: SimulatedGeneration
    let steps: RandomCase.Vocabulary

    /// Everything that is claimed of a generation: all boards that its kernels can run on, each with
    /// plain lists and with those of all steps.
    static func all(of generation: SimulatedGeneration) -> [Claim] {
        let boards = BoardDescription.all.filter {
            ($0.hardwareWindow != nil) == (generation == .hardwareWindow)
        }
        return boards.flatMap { board in
            [RandomCase.Vocabulary.plain, .whole].map {
                Claim(board: board, generation: generation, steps: $0)
            }
        }
    }
}
