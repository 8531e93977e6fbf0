// SPDX-License-Identifier: GPL-3.0-or-later

extension FrameTree {
    /// Keeps a range from being handed out, as far as nodes do not cover it already.
    ///
    /// This is `reserve_iova`, the same text in 4.8 and 6.12, and it never fails. Each node that the
    /// range overlaps is stretched down to where the rest of the range begins, and what lies above
    /// the last of them becomes a node of its own.
    ///
    /// - Parameters:
    ///   - range: what to keep.
    ///   - isOrdered: whether the nodes are in order, so that those to the left need no look.
    /// - Returns: the last node touched, as the kernel's caller gets it; nothing where `insert` gives
    ///   nothing.
    mutating func reserve(_ range: PageFrameRange, isOrdered: Bool) -> TreeNode? {
        var (rest, hasOverlap) = (range, false)
        var node = isOrdered ? firstNode(endingFrom: range.first) : first
        while node != .none {
            if rest.overlaps(self.range(of: node)) {
                guard let above = stretch(node, over: rest) else { return node }
                rest = above
                hasOverlap = true
            } else if hasOverlap || isOrdered {
                break
            }
            node = next(after: node)
        }
        return insert(rest)
    }

    /// Lowers the node to where the range begins; gives what sticks out above.
    private mutating func stretch(_ node: TreeNode, over range: PageFrameRange)
        -> PageFrameRange?
    {
        let last = self[node].last
        if range.first < self[node].first { self[node].first = range.first }
        guard range.last > last else { return nil }
        return PageFrameRange(known: PageFrame(rawValue: last.rawValue + 1), range.last)
    }
}
