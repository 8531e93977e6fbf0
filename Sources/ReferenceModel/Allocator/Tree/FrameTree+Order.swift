// SPDX-License-Identifier: GPL-3.0-or-later

extension FrameTree {
    /// The leftmost node (`rb_first`).
    var first: TreeNode {
        var node = root
        while node != .none, self[node].left != .none { node = self[node].left }
        return node
    }

    /// The rightmost node (`rb_last`).
    var last: TreeNode {
        var node = root
        while node != .none, self[node].right != .none { node = self[node].right }
        return node
    }

    /// The neighbour to the right (`rb_next`).
    func next(after node: TreeNode) -> TreeNode {
        var below = self[node].right
        if below != .none {
            while self[below].left != .none { below = self[below].left }
            return below
        }
        below = node
        var above = self[node].parent
        while above != .none, self[above].right == below {
            below = above
            above = self[above].parent
        }
        return above
    }

    /// The neighbour to the left (`rb_prev`).
    func previous(before node: TreeNode) -> TreeNode {
        var below = self[node].left
        if below != .none {
            while self[below].right != .none { below = self[below].right }
            return below
        }
        below = node
        var above = self[node].parent
        while above != .none, self[above].left == below {
            below = above
            above = self[above].parent
        }
        return above
    }

    /// Goes down to the node that contains the page (`private_find_iova`); none when there is none.
    func node(containing frame: PageFrame) -> TreeNode {
        var node = root
        while node != .none {
            if frame < self[node].first {
                node = self[node].left
            } else if frame > self[node].last {
                node = self[node].right
            } else {
                return node
            }
        }
        return .none
    }

    /// The leftmost node that ends at the page or later, in a tree that is in order.
    func firstNode(endingFrom frame: PageFrame) -> TreeNode {
        var (node, found) = (root, TreeNode.none)
        while node != .none {
            if self[node].last < frame {
                node = self[node].right
            } else {
                found = node
                node = self[node].left
            }
        }
        return found
    }

    /// The leftmost node that begins at the page or later, in a tree that is in order.
    func firstNode(beginningFrom frame: PageFrame) -> TreeNode {
        var (node, found) = (root, TreeNode.none)
        while node != .none {
            if self[node].first < frame {
                node = self[node].right
            } else {
                found = node
                node = self[node].left
            }
        }
        return found
    }
}
