// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing
import Vocabulary

/// The allocator of 6.1 and 6.12, corner by corner (facts 2.4).
@Suite struct CachedTreeTests {
    private let low: UInt64 = 0xf_ffff
    private let high: UInt64 = 0xf_ffff_ffff

    @Test("The limit may be handed out, and pages go downwards")
    func topDown() {
        var tree = CachedTree.sample()
        #expect([tree.take(low), tree.take(low)] == [0xf_ffff, 0xf_fffe])
        #expect([tree.take(high), tree.take(high)] == [0xf_ffff_ffff, 0xf_ffff_fffe])
    }

    @Test("The lowest page of a window is handed out")
    func lowestPage() {
        var tree = CachedTree.sample(start: 16)
        #expect((0..<5).map { _ in tree.take(19) } == [19, 18, 17, 16, nil])
    }

    @Test("A hole above the cached node is found only when nothing fits below it")
    func retryFromTheTop() throws {
        var tree = CachedTree.sample(start: 0xf_ffee)
        #expect(tree.take(low) == 0xf_ffff)
        #expect(tree.take(low, size: try Frames.count(8)) == 0xf_fff0)
        #expect((0..<3).map { _ in tree.take(low) } == [0xf_ffef, 0xf_ffee, 0xf_fffe])
        #expect(tree.take(low) == 0xf_fffd)
    }

    @Test("A refused size is refused unsearched below 4 GiB until something there is freed")
    func refusedSize() throws {
        var tree = CachedTree.sample(start: 0xf_fff0)
        let eight = try Frames.count(8)
        tree.reserve(Frames.range(0xf_fff4))
        tree.reserve(Frames.range(0xf_fffc))
        #expect(tree.take(low, size: eight) == nil)
        #expect(tree.take(low, size: try Frames.count(4)) == 0xf_fff8)
        let loose = tree.allocate(eight, limit: Frames.at(low), aligned: false)
        #expect(loose == nil)
        tree.free(containing: Frames.at(0xf_fff4))
        #expect(tree.take(low, size: eight) == 0xf_fff0)
    }

    @Test("Freeing a node across 4 GiB ends a refusal below it")
    func freeingAcrossFourGiB() throws {
        var tree = CachedTree.sample(start: 0xf_fff0)
        let eight = try Frames.count(8)
        tree.reserve(Frames.range(0xf_fff4))
        tree.reserve(try Frames.range(0xf_ffff, 0x10_0005))
        #expect(tree.take(low, size: eight) == nil)
        tree.free(containing: Frames.at(0x10_0000))
        #expect(tree.take(low, size: eight) == 0xf_fff8)
    }

    @Test("A failure above 4 GiB is remembered for searches below it, too")
    func refusedSizeAbove() throws {
        var tree = CachedTree.sample(start: 0x1f_fff0)
        #expect(tree.take(0x1f_ffff, size: try Frames.count(32)) == nil)
        #expect(tree.take(0x1f_ffff, size: try Frames.count(16)) == 0x1f_fff0)
        var below = CachedTree.sample()
        #expect(below.take(0x2f_ffff, size: try Frames.count(0x40_0000)) == nil)
        #expect(below.take(low, size: try Frames.count(0x10_0000)) == nil)
        #expect(below.take(low, size: try Frames.count(0x8_0000)) == 0x8_0000)
    }

    @Test("Freeing moves the cached nodes to the right neighbour")
    func cachedNodesMove() {
        var tree = CachedTree.sample()
        _ = (tree.take(low), tree.take(low), tree.take(low))
        tree.free(containing: Frames.at(0xf_fffe))
        #expect(tree.take(low) == 0xf_fffe)
        tree.free(containing: Frames.at(0xf_fffd))
        tree.free(containing: Frames.at(0xf_ffff))
        #expect([tree.take(low), tree.take(low)] == [0xf_ffff, 0xf_fffd])
    }

    @Test("Reserving joins and splits as in 4.8, and refuses pages without an address")
    func reserve() throws {
        var tree = CachedTree.sample()
        tree.reserve(try Frames.range(10, 14))
        #expect(tree.reserve(try Frames.range(8, 20))?.range == (try Frames.range(15, 20)))
        #expect(tree.nodes == [try Frames.range(8, 14), try Frames.range(15, 20)])
        let beyond: UInt64 = 1 << 52
        #expect(tree.reserve(try Frames.range(1, beyond)) == nil)
        #expect(tree.reserve(Frames.range(beyond - 1))?.range == Frames.range(beyond - 1))
    }

    @Test("The anchor is neither found nor freed, and page 1 is the last that there is")
    func extremes() {
        var tree = CachedTree.sample()
        #expect(tree.find(Frames.at(.max)) == nil)
        #expect(tree.free(containing: Frames.at(.max)) == nil)
        tree.reserve(Frames.range(0))
        #expect([tree.take(1), tree.take(1)] == [1, nil])
    }

    @Test("A limit of all ones wraps: it fails, and is remembered as a failure of one page")
    func limitWraps() {
        var tree = CachedTree.sample()
        tree.reserve(Frames.range(9))
        #expect([tree.take(.max), tree.take(low)] == [nil, nil])
        tree.free(containing: Frames.at(9))
        #expect(tree.take(low) == low)
    }
}
