// SPDX-License-Identifier: GPL-3.0-or-later

extension FrameTree {
    /// Takes a node out (`rb_erase`); its place may be used again.
    mutating func remove(_ node: TreeNode) {
        let (left, right) = (self[node].left, self[node].right)
        if left == .none || right == .none {
            let child = left == .none ? right : left
            let wasBlack = !self[node].isRed
            replace(node, with: child)
            if wasBlack { mendRemoval(at: child) }
        } else {
            removeInner(node)
        }
        let (before, after) = (self[node].before, self[node].after)
        self[before].after = after
        self[after].before = before
        discard(node)
    }

    /// Takes out a node with two children: its successor gets its place and colour.
    private mutating func removeInner(_ node: TreeNode) {
        var heir = self[node].right
        while self[heir].left != .none { heir = self[heir].left }
        let wasBlack = !self[heir].isRed
        let child = self[heir].right
        if self[heir].parent == node {
            self[child].parent = heir
        } else {
            replace(heir, with: child)
            self[heir].right = self[node].right
            self[self[heir].right].parent = heir
        }
        replace(node, with: heir)
        self[heir].left = self[node].left
        self[self[heir].left].parent = heir
        self[heir].isRed = self[node].isRed
        if wasBlack { mendRemoval(at: child) }
    }

    /// Repairs the paths through a node that have one black node too few.
    private mutating func mendRemoval(at start: TreeNode) {
        var node = start
        while node != root, !self[node].isRed {
            let parent = self[node].parent
            let isLeft = self[parent].left == node
            let sibling = blackSibling(below: parent, isLeft: isLeft)
            let near = isLeft ? self[sibling].left : self[sibling].right
            let far = isLeft ? self[sibling].right : self[sibling].left
            if !self[near].isRed, !self[far].isRed {
                self[sibling].isRed = true
                node = parent
            } else {
                turnRemoval(parent, sibling, near, far, isLeft: isLeft)
                node = root
            }
        }
        self[node].isRed = false
    }

    /// The sibling, after a red one has been turned away.
    private mutating func blackSibling(below parent: TreeNode, isLeft: Bool) -> TreeNode {
        let sibling = isLeft ? self[parent].right : self[parent].left
        guard self[sibling].isRed else { return sibling }
        self[sibling].isRed = false
        self[parent].isRed = true
        rotate(parent, toLeft: isLeft)
        return isLeft ? self[parent].right : self[parent].left
    }

    /// Brings a red node of the sibling's side over.
    private mutating func turnRemoval(
        _ parent: TreeNode, _ sibling: TreeNode, _ near: TreeNode, _ far: TreeNode, isLeft: Bool
    ) {
        var (upper, outer) = (sibling, far)
        if !self[far].isRed {
            self[near].isRed = false
            self[sibling].isRed = true
            rotate(sibling, toLeft: !isLeft)
            (upper, outer) = (near, sibling)
        }
        self[upper].isRed = self[parent].isRed
        self[parent].isRed = false
        self[outer].isRed = false
        rotate(parent, toLeft: isLeft)
    }
}
