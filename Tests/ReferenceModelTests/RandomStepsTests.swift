// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing
import Vocabulary

/// What is true of every prediction, tried on random steps; a failure names its seed.
@Suite struct RandomStepsTests {
    @Test(arguments: (0..<20).map { _ in UInt64.random(in: .min ... .max) })
    func userMapsStayApartAndOutOfTheWindow(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let steps = try (0..<400).map { _ in try Self.step(&random) }
        let expectation = try Sample.predict(steps, on: try Sample.board())
        let window = try #require(expectation.window?.range)
        var live: [ContainerName: [IOVARange]] = [:]
        for step in expectation.steps {
            for map in step.userMaps {
                let name = try Sample.main()
                #expect(!map.overlaps(window))
                #expect(!live[name, default: []].contains { $0.overlaps(map) })
                live[name, default: []].append(map)
            }
            let name = try Sample.main()
            for gone in step.userUnmaps {
                #expect(live[name, default: []].contains(gone))
                live[name]?.removeAll { $0 == gone }
            }
            #expect(step.doorbellMaps.allSatisfy { $0.all.allSatisfy { $0.iova >= window.first } })
        }
        #expect(expectation.steps.map(\.step) == steps)
    }

    private static func step(_ random: inout SeededRandom) throws -> Step {
        let device = try Sample.device(["a", "b", "missing"].randomElement(using: &random) ?? "a")
        let main = try Sample.main()
        let edges: [UInt64] = [0, 0x07fe_0000, 0x0800_0000, 0x080f_0000, 0x0810_0000, .max << 12]
        let base = edges.randomElement(using: &random) ?? 0
        let address = base &+ UInt64.random(in: 0...40, using: &random) << 11
        let size = UInt64.random(in: 0...40, using: &random) << 11
        switch Int.random(in: 0..<30, using: &random) {
        case 0: return .close(container: main)
        case 1: return .detach(device: device)
        case 2...4: return .open(container: main)
        case 5...8: return .attach(device: device, container: main)
        case 9...11: return .arm(device: device, kind: .msix, vectors: 2)
        case 12: return .disarm(device: device)
        case 13: return .reset(device: device)
        case 14: return .ring(device: device, vector: VectorIndex(rawValue: 1), count: 3)
        case 15...20: return try Sample.unmap(address, size)
        default: return try Sample.map(address, size)
        }
    }
}

/// Numbers that a seed brings back.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
