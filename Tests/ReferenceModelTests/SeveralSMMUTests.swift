// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing
import Vocabulary

/// Devices of one container behind several SMMUs: a domain for each.
@Suite struct SeveralSMMUTests {
    private func steps(_ rest: [Step]) throws -> [Step] {
        try Sample.attached() + [Sample.map(0x1000, 0x1000), Sample.attach("b")] + rest
    }

    @Test func mapsAreReplayedAndThenMadeTwice() throws {
        let steps = try steps([Sample.map(0x2000, 0x1000), Sample.unmap(0, 0x10000)])
        let seen = try Sample.predict(steps, on: try Sample.twoNodes()).steps
        #expect(seen[3].userMaps.map(\.first.rawValue) == [0x1000] && seen[3].opensDomain)
        #expect(seen[4].userMaps.map(\.first.rawValue) == [0x2000, 0x2000])
        #expect(seen[5].userUnmaps.count == 4 && seen[5].unmapped == .bytes(0x2000))
    }

    @Test func eachDomainCountsFromTheBase() throws {
        let steps = try steps([Sample.arm("a"), Sample.arm("b")])
        let maps = try Sample.predict(steps, on: try Sample.twoNodes()).steps
            .flatMap(\.doorbellMaps)
        #expect(maps.compactMap(\.exact?.iova.rawValue) == [0x0800_0000, 0x0800_0000])
    }

    @Test func aDomainGoesSilentlyAndTheLastTakesTheMaps() throws {
        let steps = try steps([
            .detach(device: Sample.device("a")), .detach(device: Sample.device("b")),
        ])
        let seen = try Sample.predict(steps, on: try Sample.twoNodes()).steps
        #expect(seen[4].userUnmaps.isEmpty && seen[5].userUnmaps.count == 1)
    }
}
