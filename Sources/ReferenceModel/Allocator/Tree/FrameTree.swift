// SPDX-License-Identifier: GPL-3.0-or-later

/// The red-black tree of page ranges below both of the kernel's allocators.
///
/// Not any balanced tree will do. The allocator of 4.8 begins an insertion at a node of its own
/// choice, and when its numbers wrap it puts a range where it does not belong; what is found later
/// then hangs on the shape of the tree. So this tree rotates and colours as `lib/rbtree.c` (6.1)
/// does, and a removal with two children puts the successor in place.
struct FrameTree: Sendable {
    struct Node: Sendable {
        var first: PageFrame
        var last: PageFrame
        var left = TreeNode.none
        var right = TreeNode.none
        var parent = TreeNode.none
        /// The neighbours, so that a walk need not climb.
        var before = TreeNode.none
        var after = TreeNode.none
        var isRed = false
        /// Whether the place in the arena holds a range now.
        var isLive = false
    }

    /// Place 0 is the leaf: black, neighbour of the first and the last node, and its parent is
    /// scratch while a removal is mended.
    private var arena = [
        Node(first: PageFrame(rawValue: 0), last: PageFrame(rawValue: 0))
    ]
    /// Places to use again.
    private var vacant: [TreeNode] = []
    var root = TreeNode.none

    subscript(node: TreeNode) -> Node {
        @inline(__always) get { arena[Int(node.index)] }
        @inline(__always) _modify { yield &arena[Int(node.index)] }
    }

    /// Whether the name belongs to a node of this tree now.
    func holds(_ node: TreeNode) -> Bool {
        arena.indices.contains(Int(node.index)) && self[node].isLive
    }

    func range(of node: TreeNode) -> PageFrameRange {
        PageFrameRange(known: self[node].first, self[node].last)
    }

    /// The leftmost node (`rb_first`).
    var first: TreeNode { self[.none].after }

    /// The rightmost node (`rb_last`).
    var last: TreeNode { self[.none].before }

    /// The neighbour to the right (`rb_next`).
    func next(after node: TreeNode) -> TreeNode { self[node].after }

    /// The neighbour to the left (`rb_prev`).
    func previous(before node: TreeNode) -> TreeNode { self[node].before }

    mutating func makeNode(_ range: PageFrameRange) -> TreeNode {
        var fresh = Node(first: range.first, last: range.last)
        fresh.isLive = true
        if let node = vacant.popLast() {
            self[node] = fresh
            return node
        }
        arena.append(fresh)
        return TreeNode(index: Int32(arena.count - 1))
    }

    mutating func discard(_ node: TreeNode) {
        self[node].isLive = false
        vacant.append(node)
    }

    /// All ranges from left to right.
    var ranges: [PageFrameRange] {
        var ranges: [PageFrameRange] = []
        var node = first
        while node != .none {
            ranges.append(range(of: node))
            node = self.next(after: node)
        }
        return ranges
    }
}
