// SPDX-License-Identifier: GPL-3.0-or-later

extension FrameTree {
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
