// SPDX-License-Identifier: GPL-3.0-or-later

extension FrameTree {
    /// Puts a range where its first page belongs below `start`, or below the root.
    ///
    /// Nothing is inserted, and nothing returned, when a node on the way begins at the same page:
    /// 4.8 stops with `BUG()` there, 6.1 warns.
    mutating func insert(_ range: PageFrameRange, below start: TreeNode = .none) -> TreeNode? {
        var parent = TreeNode.none
        var cursor = start == .none ? root : start
        var isLeft = false
        while cursor != .none {
            parent = cursor
            let first = self[cursor].first
            guard range.first != first else { return nil }
            isLeft = range.first < first
            cursor = isLeft ? self[cursor].left : self[cursor].right
        }
        let node = makeNode(range)
        link(node, below: parent, isLeft: isLeft)
        mendInsertion(at: node)
        return node
    }

    private mutating func link(_ node: TreeNode, below parent: TreeNode, isLeft: Bool) {
        self[node].parent = parent
        self[node].isRed = true
        let after = isLeft ? parent : self[parent].after
        let before = self[after].before
        (self[node].before, self[node].after) = (before, after)
        self[before].after = node
        self[after].before = node
        if parent == .none {
            root = node
        } else if isLeft {
            self[parent].left = node
        } else {
            self[parent].right = node
        }
    }

    /// Repairs a red node below a red parent, upwards.
    private mutating func mendInsertion(at inserted: TreeNode) {
        var node = inserted
        while self[self[node].parent].isRed {
            let parent = self[node].parent
            let grand = self[parent].parent
            let isLeft = self[grand].left == parent
            let uncle = isLeft ? self[grand].right : self[grand].left
            guard self[uncle].isRed else {
                turnInsertion(node, parent, grand, isLeft: isLeft)
                break
            }
            self[parent].isRed = false
            self[uncle].isRed = false
            self[grand].isRed = true
            node = grand
        }
        self[root].isRed = false
    }

    /// Turns parent and grandparent so that the red node no longer hangs below a red one.
    private mutating func turnInsertion(
        _ node: TreeNode, _ parent: TreeNode, _ grand: TreeNode, isLeft: Bool
    ) {
        var upper = parent
        if node == (isLeft ? self[parent].right : self[parent].left) {
            rotate(parent, toLeft: isLeft)
            upper = node
        }
        self[upper].isRed = false
        self[grand].isRed = true
        rotate(grand, toLeft: !isLeft)
    }

    /// Lets the child on the other side take the node's place.
    mutating func rotate(_ node: TreeNode, toLeft: Bool) {
        let child = toLeft ? self[node].right : self[node].left
        let inner = toLeft ? self[child].left : self[child].right
        if toLeft {
            self[node].right = inner
            self[child].left = node
        } else {
            self[node].left = inner
            self[child].right = node
        }
        if inner != .none { self[inner].parent = node }
        replace(node, with: child)
        self[node].parent = child
    }

    /// Lets the other node hang where this one hangs; the leaf takes a parent too, for `remove`.
    mutating func replace(_ node: TreeNode, with other: TreeNode) {
        let parent = self[node].parent
        if parent == .none {
            root = other
        } else if self[parent].left == node {
            self[parent].left = other
        } else {
            self[parent].right = other
        }
        self[other].parent = parent
    }
}
