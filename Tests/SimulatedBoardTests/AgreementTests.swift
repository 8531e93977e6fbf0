// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import SimulatedBoard
import Testing

/// How many lists are tried of each generation, and where their seeds begin.
///
/// `DOORBELL_LISTS` and `DOORBELL_SEED` say; else CI tries ten thousand from one beginning, so that
/// only a change turns it red, and everybody else a hundred from a new one each time.
enum Effort {
    static let lists = number("DOORBELL_LISTS") ?? (isContinuous ? 10_000 : 100)
    static let seed =
        number("DOORBELL_SEED") ?? (isContinuous ? 1 : UInt64.random(in: 1...1_000_000_000))

    private static let isContinuous = environment["CI"] != nil
    private static let environment = ProcessInfo.processInfo.environment

    private static func number(_ name: String) -> UInt64? {
        environment[name].flatMap(UInt64.init)
    }
}

@Suite struct AgreementTests {
    @Test(arguments: SimulatedGeneration.allCases)
    func `nothing is found on a sound board, whatever is done to it`(
        generation: SimulatedGeneration
    ) async throws {
        let claims = Claim.all(of: generation)
        print("\(generation.rawValue): \(Effort.lists) lists, DOORBELL_SEED=\(Effort.seed)")
        let failures = try await withThrowingTaskGroup(of: [String].self) { group in
            for place in claims.indices {
                group.addTask { try Self.failures(claims[place], place, of: claims.count) }
            }
            return try await group.reduce(into: [String]()) { $0 += $1 }
        }
        let told = failures.prefix(3).joined(separator: "\n")
        #expect(failures.isEmpty, "\(told)")
    }

    /// Plays those of a generation's lists that fall to one claim; the first failure ends it.
    private static func failures(
        _ claim: Claim, _ place: Int, of count: Int
    ) throws -> [String] {
        let harness = Harness(SimulatedBoard(claim.board, claim.generation))
        var list = UInt64(place)
        while list < Effort.lists {
            let random = RandomCase(
                seed: Effort.seed &+ list, board: harness.board, steps: claim.steps)
            if let failure = try harness.disagreement(random) { return [failure] }
            list += UInt64(count)
        }
        return []
    }

    @Test func `a kernel that is not sound is told apart, by a list that can be read`() throws {
        let harness = Harness(
            SimulatedBoard(.plainITS, .fixedWindowWithRanges, mutant: .m4))
        let failures = try (1...UInt64(40)).compactMap { seed in
            try harness.disagreement(RandomCase(seed: seed, board: harness.board, steps: .plain))
        }
        let first = try #require(failures.first)
        #expect(first.contains("mutant M4") && first.contains("- arm: {device:"))
        #expect(first.split(separator: "\n").count < 16)
    }
}
