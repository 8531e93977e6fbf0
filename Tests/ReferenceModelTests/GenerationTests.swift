// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing
import Vocabulary

@Suite struct GenerationTests {
    @Test(arguments: Generation.allCases.filter { !$0.rawValue.hasPrefix("SW") })
    func aGenerationWithoutRulesSaysSo(_ generation: Generation) throws {
        let board = try Sample.board()
        #expect(throws: ModelError.notImplemented(generation)) {
            try ReferenceModel(board: board, overrides: ModelOverrides(generation: generation))
        }
        #expect(ModelError.notImplemented(generation).description.contains(generation.rawValue))
    }

    @Test(arguments: [
        ("6.1.0-56-arm64", Generation.fixedWindowWithRanges), ("5.4.0", .fixedWindowWithRanges),
        ("6.12.117+deb12-arm64", .fixedWindowWithRanges), ("5.3.18", .fixedWindow),
        ("4.11-rc1", .fixedWindow),
    ])
    func aVersionTellsTheGeneration(_ release: String, _ generation: Generation) throws {
        let version = try #require(KernelVersion(release: release))
        #expect(try GenerationChoice.ofType1(on: version).generation == generation)
    }

    @Test func anOlderKernelMustBeNamedByItsRecipe() throws {
        let version = try #require(KernelVersion(release: "4.8.0-rfc"))
        #expect(throws: ModelError.unknownGeneration(version)) {
            try GenerationChoice.ofType1(on: version)
        }
    }

    @Test(arguments: ["", "six.one", "6", "-6.1", "6.x", "99999999999999999999.1"])
    func whatIsNoVersionIsNone(_ release: String) {
        #expect(KernelVersion(release: release) == nil)
    }
}
