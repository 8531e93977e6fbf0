// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import Foundation
import Judgement
import SimulatedBoard
import Testing
import Vocabulary

/// How many lists are tried, and where they begin: `DOORBELL_LISTS` and `DOORBELL_SEED`.
enum Effort {
    static let lists = number("DOORBELL_LISTS") ?? 200
    static let seed = number("DOORBELL_SEED") ?? 1

    private static func number(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap(UInt64.init)
    }
}

@Suite struct AgreementTests {
    @Test(arguments: ["frame", "its", "several-frames", "thunderx", "mixed", "aliases"])
    func `random lists agree with the model`(name: String) throws {
        let description = try #require(BoardDescription.named(name))
        let harness = Harness(SimulatedBoard(description, .fixedWindowWithRanges))
        var failures: [String] = []
        for seed in Effort.seed..<Effort.seed + Effort.lists where failures.count < 5 {
            let random = RandomCase(seed: seed, board: harness.board, steps: .plain)
            if let failure = try harness.failure(random) { failures.append(failure) }
        }
        for failure in failures { print(failure) }
    }
}
