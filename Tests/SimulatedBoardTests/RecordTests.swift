// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import Foundation
import SimulatedBoard
import Testing
import Vocabulary

@Suite struct RecordTests {
    static let boards: [(BoardDescription, SimulatedGeneration)] = BoardDescription.all.flatMap {
        board in SimulatedGeneration.allCases.map { (board, $0) }
    }

    @Test func `every record of every board and generation is read back without damage`() throws {
        for (description, generation) in Self.boards {
            let board = SimulatedBoard(description, generation)
            let own = BoardEvidence(texts: board.texts)
            #expect(own.damage.isEmpty, "\(board.label): \(own.damage)")
            for seed in 1...UInt64(6) {
                let random = RandomCase(seed: seed, board: board)
                let record = board.run(
                    random.suiteCase(Harness.name), suite: Harness.suite, devices: random.devices,
                    seed: seed)
                let seen = CaseEvidence(record)
                #expect(seen.damage.isEmpty, "\(board.label), seed \(seed): \(seen.damage)")
                #expect(seen.record.simulation == board.label)
                #expect(seen.trace != nil)
            }
        }
    }

    @Test func `the same seed gives the same bytes`() throws {
        let board = SimulatedBoard(.thunderX, .fixedWindowWithRanges)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        for seed in 1...UInt64(20) {
            let one = RandomCase(seed: seed, board: board)
            let two = RandomCase(seed: seed, board: board)
            let first = Harness(board).record(one)
            let second = Harness(board).record(two)
            #expect(try encoder.encode(first) == encoder.encode(second))
            #expect(Self.texts(first) == Self.texts(second))
        }
    }

    private static func texts(_ record: CaseRecord) -> [String] {
        (record.texts + record.steps.flatMap(\.texts)).map { $0.file + "\n" + $0.text }
    }

    @Test func `a board names its doorbells, routes and regions as real ones do`() throws {
        let evidence = BoardEvidence(texts: SimulatedBoard(.thunderX, .fixedWindow).texts)
        #expect(evidence.doorbells.map(\.base.rawValue) == [0x8010_0002_0000, 0x9010_0002_0000])
        let device = try #require(PCIAddress("0000:11:00.0"))
        let route = try #require(evidence.routes.first { $0.serves(device) })
        #expect(route.handle == evidence.doorbells[1].handle)
        #expect(evidence.fact("simulated") != nil)
        #expect(evidence.fact("dma.mask.bits.0000:03:00.0")?.value == "64")
    }

    @Test func `a frame announces its SPIs`() {
        let evidence = BoardEvidence(texts: SimulatedBoard(.overdrive, .mixed).texts)
        let frames = evidence.logFacts.compactMap { fact, _ in
            if case .frame(let base, _, let spis) = fact { (base, spis) } else { nil }
        }
        #expect(frames.map(\.0.rawValue) == [0xe118_0000])
        #expect(frames.map(\.1.lowerBound.rawValue) == [64])
        #expect(evidence.fact("smmu.stage")?.value == "2")
    }
}
