// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension CachedTree {
    /// Keeps a range from being handed out (`reserve_iova`); collisions go unreported as in 4.8.
    ///
    /// - Returns: the new node, or the last one that was stretched over the range; nothing for pages
    ///   that have no address in 64 bits, which the kernel refuses with a warning.
    @discardableResult
    package mutating func reserve(_ range: PageFrameRange) -> Grant? {
        let most = PageFrame(of: IOVA(rawValue: .max), granule: granule)
        guard range.last <= most else { return nil }
        return tree.reserve(range, isOrdered: true).map(grant)
    }

    /// Frees the node that contains the page (`free_iova`), all of it.
    ///
    /// - Returns: what became free; nothing where no node contains the page.
    @discardableResult
    package mutating func free(containing frame: PageFrame) -> PageFrameRange? {
        free(tree.node(containing: frame))
    }

    /// Frees a node by its name (`__free_iova`).
    ///
    /// - Returns: what became free; nothing for the anchor, and where the node is gone already, of
    ///   which the kernel says nothing, but breaks.
    @discardableResult
    package mutating func free(_ node: TreeNode) -> PageFrameRange? {
        guard node != .none, node != anchor, tree.holds(node) else { return nil }
        let range = tree.range(of: node)
        forget(node)
        tree.remove(node)
        return range
    }

    /// Moves the cached nodes off what goes away (`__cached_rbnode_delete_update`, 6.1).
    private mutating func forget(_ node: TreeNode) {
        let (first, last) = (tree[node].first, tree[node].last)
        if node == cached32 || (last < fourGiB && first >= tree[cached32].first) {
            cached32 = tree.next(after: node)
        }
        if first < fourGiB { refusedSize = fourGiB.rawValue }
        if first >= tree[cached].first { cached = tree.next(after: node) }
    }
}
