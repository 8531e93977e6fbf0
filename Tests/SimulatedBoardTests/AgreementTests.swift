// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import Foundation
import Judgement
import SimulatedBoard
import Testing
import Vocabulary

/// How many lists are tried, and where they begin: `DOORBELL_LISTS` and `DOORBELL_SEED`.
enum Effort {
    static let lists = number("DOORBELL_LISTS") ?? 40
    static let seed = number("DOORBELL_SEED") ?? 1

    private static func number(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap(UInt64.init)
    }
}

/// A board and a generation that model, invariants and simulator agree on.
struct Claim: Sendable, CustomTestStringConvertible {
    let board: BoardDescription
    let generation: SimulatedGeneration
    let steps: RandomCase.Vocabulary

    var testDescription: String { "\(board.name) \(generation.rawValue) \(steps)" }

    /// What is held to on every run of the tests.
    static let settled: [Claim] = {
        let boards: [BoardDescription] = [
            .plainFrame, .plainITS, .overdrive, .sixteenKiB, .sixtyFourKiB, .mixedControllers,
            .directRegions, .smallAperture,
        ]
        let generations: [SimulatedGeneration] = [
            .mixed, .fixedWindowWithRanges, .hostDomain, .identity,
        ]
        let translated = boards.flatMap { board in
            generations.map { Claim(board: board, generation: $0, steps: .plain) }
        }
        return translated
            + [Claim(board: .hiSilicon, generation: .hardwareWindow, steps: .plain)]
    }()

    private static let whole = ProcessInfo.processInfo.environment["DOORBELL_STEPS"] != "plain"

    /// Everything there is: tried where `DOORBELL_CLAIMS` is `all`.
    static let all: [Claim] = BoardDescription.all.flatMap { board in
        SimulatedGeneration.allCases.filter {
            ($0 == .hardwareWindow) == (board.hardwareWindow != nil)
        }
        .map { Claim(board: board, generation: $0, steps: whole ? .whole : .plain) }
    }

    static var chosen: [Claim] {
        ProcessInfo.processInfo.environment["DOORBELL_CLAIMS"] == "all" ? all : settled
    }
}

@Suite struct AgreementTests {
    @Test(arguments: Claim.chosen)
    func `random lists agree with the model`(claim: Claim) throws {
        let harness = Harness(SimulatedBoard(claim.board, claim.generation))
        var failures: [String] = []
        for seed in Effort.seed..<Effort.seed + Effort.lists where failures.count < 3 {
            let random = RandomCase(seed: seed, board: harness.board, steps: claim.steps)
            if let failure = try harness.failure(random) { failures.append(failure) }
        }
        #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
    }
}
