// SPDX-License-Identifier: GPL-3.0-or-later

extension CachedTree {
    /// Finds the highest pages that fit and end at the limit or below (`alloc_iova`).
    ///
    /// - Parameters:
    ///   - size: how many pages.
    ///   - limit: the last page that may be used; inside, the kernel works with the page after it.
    ///   - aligned: whether the first page is to be a multiple of the next power of two.
    /// - Returns: nothing where nothing fits, or where as much did not fit before: `-ENOMEM`.
    package mutating func allocate(
        _ size: PageCount, limit: PageFrame, aligned: Bool = true
    ) -> Grant? {
        let end = PageFrame(rawValue: limit.rawValue &+ 1)
        if end <= fourGiB, size.wide >= refusedSize { return nil }
        guard let (slot, right) = search(size, end, aligned ? ~size.alignmentMask : .max) else {
            refusedSize = size.wide
            return nil
        }
        guard let node = tree.insert(slot, below: right) else { return nil }
        if slot.last < fourGiB { cached32 = node } else { cached = node }
        return grant(node)
    }

    /// Looks from where the last search left off, then between there and the limit
    /// (`__alloc_and_insert_iova_range`, 6.1).
    private func search(_ size: PageCount, _ end: PageFrame, _ mask: UInt64) -> (
        slot: PageFrameRange, right: TreeNode
    )? {
        let begin = end <= fourGiB ? cached32 : cached
        var walk = CachedWalk(size: size.wide, mask: mask, low: start.rawValue, end: end.rawValue)
        if walk.run(from: begin, in: tree) { return (walk.slot, walk.right) }
        let resume = tree[begin].last
        guard resume < end else { return nil }
        walk.low = resume.rawValue &+ 1
        walk.end = end.rawValue
        let top = end > fourGiB ? anchor : tree.firstNode(beginningFrom: end)
        return walk.run(from: top, in: tree) ? (walk.slot, walk.right) : nil
    }
}

/// A walk from right to left through the nodes.
///
/// The arithmetic wraps as the kernel's does.
private struct CachedWalk {
    let size: UInt64
    let mask: UInt64
    /// The lowest page to use.
    var low: UInt64
    /// The page after the last one that may still be used.
    var end: UInt64
    private var first: UInt64 = 0
    /// The node to the right of what was found.
    private(set) var right = TreeNode.none

    init(size: UInt64, mask: UInt64, low: UInt64, end: UInt64) {
        (self.size, self.mask, self.low, self.end) = (size, mask, low, end)
    }

    /// Goes left until the pages fit; false when they fit nowhere above `low`.
    mutating func run(from begin: TreeNode, in tree: FrameTree) -> Bool {
        var node = begin
        repeat {
            end = min(end, tree[node].first.rawValue)
            first = (end &- size) & mask
            right = node
            node = tree.previous(before: node)
        } while node != .none && first <= tree[node].last.rawValue && first >= low
        return end >= size && first >= low
    }

    var slot: PageFrameRange {
        PageFrameRange(
            known: PageFrame(rawValue: first), PageFrame(rawValue: first &+ size &- 1))
    }
}
