// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing
import Vocabulary

@Suite struct GenerationTests {
    @Test(arguments: Generation.allCases)
    func everyGenerationHasRules(_ generation: Generation) throws {
        let model = try ReferenceModel(
            board: try Sample.board(), overrides: ModelOverrides(generation: generation))
        #expect(model.choice.generation == generation)
        #expect(model.choice.reason == "it was given by hand")
    }

    @Test(arguments: [
        ("6.2", Generation.iommufd), ("6.14.3", .iommufd), ("6.15", .iommufdTable),
        ("7.0", .iommufdTable),
    ])
    func theInterfaceTellsToo(_ release: String, _ generation: Generation) throws {
        var board = try Sample.board(kernel: try #require(KernelVersion(release: release)))
        board.host.interface = .iommufd
        #expect(try GenerationChoice.detect(on: board).generation == generation)
        board.host.interface = .typeOne
        #expect(try GenerationChoice.detect(on: board).generation == .fixedWindowWithRanges)
    }

    @Test func theHardwareAndTheDefaultDomainTell() throws {
        var board = try Sample.board()
        board.host.interface = .hostDriver
        #expect(try GenerationChoice.detect(on: board).generation == .dmaDomain)
        board.host.defaultDomain = .identity
        #expect(try GenerationChoice.detect(on: board).generation == .identity)
        board.host.hardwareWindows = [try Sample.range(0xfee0_0000, 0xfeef_ffff)]
        let choice = try GenerationChoice.detect(on: board)
        #expect(choice.generation == .hardwareWindow)
        #expect(choice.reason.contains("0xfee00000"))
    }

    @Test func whatTheRecipeStatesDecides() throws {
        let stated = GenerationChoice(.mixed, because: "the recipe says so")
        let model = try ReferenceModel(
            board: try Sample.board(kernel: KernelVersion(major: 4, minor: 8)), stated: stated)
        #expect(model.choice == stated)
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
