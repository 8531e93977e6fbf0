// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing

/// What reserving a user's pages does to the doorbell's node in the RFC (facts P5 a to d).
@Suite struct MixedMappingTests {
    /// A domain whose only doorbell is at page 100.
    private func withDoorbell() -> EraTree {
        var tree = EraTree.sample(cachedLimit: 100)
        _ = tree.take(100)
        return tree
    }

    @Test("a: reserving over a live doorbell page is not refused, and leaves its node alone")
    func reservingOverADoorbell() {
        var tree = withDoorbell()
        let grant = tree.reserve(Frames.range(100))
        #expect(grant?.range == Frames.range(100))
        #expect(tree.nodes == [Frames.range(100)])
    }

    @Test("b: undoing that by its first page frees the doorbell's node, which is given out again")
    func undoingFreesTheDoorbell() {
        var tree = withDoorbell()
        tree.reserve(Frames.range(100))
        #expect(tree.free(containing: Frames.at(100)) == Frames.range(100))
        #expect(tree.take(100) == 100)
    }

    @Test("b: a map around the doorbell page stretches its node down and adds what lies above")
    func mapAroundADoorbell() throws {
        var tree = withDoorbell()
        let grant = tree.reserve(try Frames.range(98, 103))
        #expect(grant?.range == (try Frames.range(101, 103)))
        #expect(tree.nodes == [try Frames.range(98, 100), try Frames.range(101, 103)])
        #expect(tree.free(containing: Frames.at(98)) == (try Frames.range(98, 100)))
        #expect(tree.nodes == [try Frames.range(101, 103)])
        #expect(tree.cachedNode == nil)
        #expect(tree.take(100) == 100)
    }

    @Test("b: the doorbell is given out twice when its node is freed for a map beside it")
    func stretchedNodeIsCached() throws {
        var tree = withDoorbell()
        tree.reserve(try Frames.range(90, 100))
        #expect(tree.cachedNode == (try Frames.range(90, 100)))
        #expect(tree.take(100) == 89)
        #expect(tree.free(containing: Frames.at(90)) == (try Frames.range(90, 100)))
        #expect(tree.cachedNode == nil)
        #expect(tree.take(100) == 100)
    }

    @Test("b: a map down to page 0 over the cached doorbell lets the next search wrap")
    func stretchedToPageZero() throws {
        var tree = withDoorbell()
        tree.reserve(try Frames.range(0, 100))
        #expect(tree.take(100) == .max)
    }

    @Test("c: a partial unmap frees by its first page: all of the node, or nothing of the rest")
    func partialUnmap() throws {
        var tree = EraTree.sample()
        tree.reserve(try Frames.range(10, 19))
        #expect(tree.free(containing: Frames.at(15)) == (try Frames.range(10, 19)))
        #expect(tree.free(containing: Frames.at(10)) == nil)
        tree.reserve(try Frames.range(10, 14))
        tree.reserve(try Frames.range(15, 19))
        #expect(tree.free(containing: Frames.at(10)) == (try Frames.range(10, 14)))
        #expect(tree.nodes == [try Frames.range(15, 19)])
    }

    @Test("d: maps beside each other stay two nodes")
    func neighboursStayApart() throws {
        var tree = EraTree.sample()
        tree.reserve(try Frames.range(10, 14))
        tree.reserve(try Frames.range(15, 19))
        #expect(tree.nodes == [try Frames.range(10, 14), try Frames.range(15, 19)])
    }

    @Test("d: an overlapping map joins: below into the node, above as a node of its own")
    func overlapsJoin() throws {
        var tree = EraTree.sample()
        tree.reserve(try Frames.range(10, 14))
        tree.reserve(try Frames.range(20, 24))
        let grant = tree.reserve(try Frames.range(8, 22))
        #expect(grant?.range == (try Frames.range(15, 24)))
        #expect(tree.nodes == [try Frames.range(8, 14), try Frames.range(15, 24)])
        tree.reserve(try Frames.range(12, 30))
        #expect(tree.nodes.last == (try Frames.range(25, 30)))
    }

    @Test("The window's upper bound is a node up to the last page there is")
    func upperBound() throws {
        var tree = EraTree.sample(cachedLimit: 0x1ff)
        tree.reserve(try Frames.range(0x200, .max))
        #expect(tree.take(0xf_ffff) == 0x1ff)
        #expect(tree.take(0x1ff) == 0x1fe)
    }

    @Test(
        "Two hundred thousand maps in a row cost no more than their number", .timeLimit(.minutes(1))
    )
    func manyMaps() throws {
        var tree = EraTree.sample()
        let pages: [UInt64] = Array(1...200_000)
        for page in pages { tree.reserve(Frames.range(page)) }
        #expect(tree.nodes.count == pages.count)
        #expect(tree.find(Frames.at(77_777))?.range == Frames.range(77_777))
        for page in pages.dropLast() { tree.free(containing: Frames.at(page)) }
        #expect(tree.nodes == [Frames.range(200_000)])
    }
}
