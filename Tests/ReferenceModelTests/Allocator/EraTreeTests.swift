// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing
import Vocabulary

/// The allocator of 4.8 and 4.9, corner by corner (facts 2.4).
@Suite struct EraTreeTests {
    @Test("A fresh device of the RFC gets 0xfffff000 first, then pages downwards")
    func freshDevice() throws {
        var tree = EraTree.sample(cachedLimit: 0xff_ffff_ffff)
        let mask = PageFrame(of: IOVA(rawValue: 0xffff_ffff), granule: .fourKiB)
        let first = try #require(tree.allocate(.one, limit: mask).grant)
        #expect(first.range.first.address(granule: .fourKiB) == IOVA(rawValue: 0xffff_f000))
        let second = try #require(tree.allocate(.one, limit: mask).grant)
        #expect(second.range.first.address(granule: .fourKiB) == IOVA(rawValue: 0xffff_e000))
    }

    @Test("The limit itself may be handed out")
    func limitIsInclusive() throws {
        var tree = EraTree.sample()
        #expect(tree.take(77) == 77)
    }

    @Test("A larger size is aligned to the power of two above it, and pads upwards")
    func padding() throws {
        var tree = EraTree.sample()
        let three = try Frames.count(3)
        #expect(tree.take(0xf_fffd, size: three) == 0xf_fff8)
        #expect(tree.nodes == [try Frames.range(0xf_fff8, 0xf_fffa)])
        let loose = tree.allocate(three, limit: Frames.at(0xf_fffd), aligned: false)
        #expect(loose.grant?.range == (try Frames.range(0xf_fffb, 0xf_fffd)))
    }

    @Test("A window of N pages gives N-1 before the fix, and N after it", arguments: [4, 16, 64])
    func offByOne(_ pages: UInt64) {
        for isFixed in [false, true] {
            var tree = EraTree.sample(start: 16, lowestPageUsable: isFixed)
            let limit = 16 + pages - 1
            var given: [UInt64] = []
            while let page = tree.take(limit) { given.append(page) }
            let lowest: UInt64 = isFixed ? 16 : 17
            #expect(given == (lowest...limit).reversed())
        }
    }

    @Test("The lost page comes back where a node lies right below the window")
    func lostPageComesBack() {
        var tree = EraTree.sample(start: 1)
        tree.reserve(Frames.range(0))
        #expect([tree.take(2), tree.take(2), tree.take(2)] == [2, 1, UInt64.max])
    }

    @Test("The window's start holds no more once a node lies below it")
    func startIsNotABoundAboveANode() {
        var tree = EraTree.sample(start: 16)
        tree.reserve(Frames.range(4))
        #expect((0..<3).map { _ in tree.take(16) } == [16, 15, 14])
    }

    @Test("A node at page 0 makes a full window wrap to the top of 64 bits")
    func wrapsBelowPageZero() throws {
        var tree = EraTree.sample()
        tree.reserve(try Frames.range(0, 99))
        #expect(tree.take(99) == .max)
        #expect(tree.find(Frames.at(.max))?.range == Frames.range(.max))
        #expect(tree.allocate(.one, limit: Frames.at(99)) == .crash)
    }

    @Test("What fits nowhere is refused, and changes nothing")
    func exhausted() throws {
        var tree = EraTree.sample()
        tree.reserve(try Frames.range(1, 98))
        #expect(tree.take(100, size: try Frames.count(4)) == nil)
        #expect(tree.nodes == [try Frames.range(1, 98)])
    }

    @Test("A hole that a larger size left out stays unseen with the cached limit, and only with it")
    func cachedNodeHidesHoles() throws {
        var tree = EraTree.sample(cachedLimit: 100)
        #expect(tree.take(100) == 100)
        #expect(tree.take(100, size: try Frames.count(8)) == 88)
        #expect(tree.cachedNode == (try Frames.range(88, 95)))
        #expect(tree.take(100) == 87)
        #expect(tree.take(101) == 101)
        #expect(tree.take(99) == 99)
        #expect(tree.take(100) == 86)
    }

    @Test("A free above the cached node makes the hole seen again")
    func freeingAboveTheCachedNode() {
        var tree = EraTree.sample(cachedLimit: 100)
        #expect((0..<4).map { _ in tree.take(100) } == [100, 99, 98, 97])
        tree.free(containing: Frames.at(98))
        #expect(tree.cachedNode == Frames.range(99))
        #expect(tree.take(100) == 98)
    }

    @Test("An allocation with another limit leaves the cached node where it is")
    func otherLimitsDoNotCache() {
        var tree = EraTree.sample(cachedLimit: 100)
        #expect(tree.take(100) == 100)
        #expect(tree.take(50) == 50)
        #expect(tree.cachedNode == Frames.range(100))
        #expect(tree.take(100) == 99)
        #expect(tree.cachedNode == Frames.range(99))
    }

    @Test(
        "Freeing the cached node caches its right neighbour, unless that is at the limit or above")
    func freeingTheCachedNode() {
        var tree = EraTree.sample(cachedLimit: 100)
        _ = (tree.take(100), tree.take(100), tree.take(100))
        tree.free(containing: Frames.at(98))
        #expect(tree.cachedNode == Frames.range(99))
        tree.free(containing: Frames.at(99))
        #expect(tree.cachedNode == nil)
        #expect(tree.take(100) == 99)
    }

    @Test("A freed node to the left of the cached one does not move it")
    func freeingLeftOfTheCachedNode() {
        var tree = EraTree.sample(cachedLimit: 100)
        _ = tree.take(100)
        tree.reserve(Frames.range(7))
        tree.free(containing: Frames.at(7))
        #expect(tree.cachedNode == Frames.range(100))
    }

    @Test("A name is good until its node is freed")
    func freeByName() throws {
        var tree = EraTree.sample()
        let grant = try #require(tree.allocate(.one, limit: Frames.at(50)).grant)
        #expect(tree.free(grant.node) == Frames.range(50))
        #expect(tree.free(grant.node) == nil)
        #expect(tree.free(containing: Frames.at(50)) == nil)
        #expect(tree.nodes == [])
    }
}
