// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing
import Vocabulary

/// Random calls on both allocators and on their naive counterparts; a failure names its seed.
@Suite struct NaiveComparisonTests {
    @Test(arguments: (0..<40).map { _ in UInt64.random(in: .min ... .max) })
    func eraTreeDoesWhatItsDefinitionSays(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let (start, limit) = (UInt64.random(in: 1...40, using: &random), UInt64(160))
        let usable = Bool.random(using: &random)
        var tree = EraTree.sample(
            start: start, cachedLimit: limit, lowestPageUsable: usable)
        var naive = NaiveEra(start: start, cachedLimit: limit, lowestPageUsable: usable)
        for step in 0..<600 {
            let call = Call.random(&random, limits: [limit, limit, limit, 120, 200])
            switch call {
            case .allocate(let size, let limit, let aligned):
                let count = try Frames.count(UInt32(size))
                let given = tree.allocate(count, limit: Frames.at(limit), aligned: aligned)
                let expected = naive.allocate(size, limit, aligned: aligned)
                try #require(try given.grant?.range == expected?.range, "\(step): \(call)")
            case .reserve(let first, let last):
                let given = tree.reserve(try Frames.range(first, last))
                let expected = naive.domain.reserve(first, last)
                try #require(try given?.range == expected.range, "\(step): \(call)")
            case .free(let page):
                let given = tree.free(containing: Frames.at(page))
                try #require(try given == naive.free(page)?.range, "\(step): \(call)")
            }
            try #require(try tree.nodes == naive.domain.nodes.map { try $0.range })
            try #require(
                try tree.cachedNode == naive.cached.map { try naive.domain.node($0).range })
        }
    }

    /// The largest granule there can be puts 4 GiB at a small page number.
    @Test(arguments: (0..<40).map { _ in UInt64.random(in: .min ... .max) })
    func cachedTreeDoesWhatItsDefinitionSays(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let start = UInt64.random(in: 1...20, using: &random)
        let granule = try #require(Granule(.mebibytes(32)))
        var tree = CachedTree(granule: granule, start: Frames.at(start))
        var naive = NaiveCached(start: start, fourGiB: 128)
        for step in 0..<600 {
            let call = Call.random(&random, limits: [127, 127, 127, 100, 128, 190])
            switch call {
            case .allocate(let size, let limit, let aligned):
                let count = try Frames.count(UInt32(size))
                let given = tree.allocate(count, limit: Frames.at(limit), aligned: aligned)
                let expected = naive.allocate(size, limit, aligned: aligned)
                try #require(try given?.range == expected?.range, "\(step): \(call)")
            case .reserve(let first, let last):
                let given = tree.reserve(try Frames.range(first, last))
                let expected = naive.domain.reserve(first, last)
                try #require(try given?.range == expected.range, "\(step): \(call)")
            case .free(let page):
                let given = tree.free(containing: Frames.at(page))
                try #require(try given == naive.free(page)?.range, "\(step): \(call)")
            }
            try #require(try tree.nodes == naive.domain.nodes.map { try $0.range })
        }
    }
}

extension NaiveDomain.Node {
    fileprivate var range: PageFrameRange { get throws { try Frames.range(first, last) } }
}

/// One call of an allocator's user.
private enum Call {
    case allocate(UInt64, limit: UInt64, aligned: Bool)
    case reserve(UInt64, UInt64)
    case free(UInt64)

    static func random(_ random: inout SeededRandom, limits: [UInt64]) -> Call {
        switch UInt64.random(in: 0..<20, using: &random) {
        case 0..<10:
            let sizes: [UInt64] = [1, 1, 1, 2, 3, 5, 8, 16, 40]
            return .allocate(
                sizes.randomElement(using: &random) ?? 1,
                limit: limits.randomElement(using: &random) ?? 1,
                aligned: UInt64.random(in: 0..<4, using: &random) > 0)
        case 10..<12:
            let first = UInt64.random(in: 1...200, using: &random)
            return .reserve(first, first + UInt64.random(in: 0...12, using: &random))
        default: return .free(UInt64.random(in: 0...210, using: &random))
        }
    }
}
