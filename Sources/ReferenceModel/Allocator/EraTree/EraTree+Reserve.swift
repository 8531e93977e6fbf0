// SPDX-License-Identifier: GPL-3.0-or-later

extension EraTree {
    /// Keeps a range from being handed out (`reserve_iova`).
    ///
    /// It never reports a collision. A range that meets nothing becomes a node of its own, also
    /// beside another. Where it overlaps nodes, they are stretched down over it, and only what lies
    /// above them becomes a new node.
    ///
    /// - Returns: the node that the kernel's caller gets: the new one, or the last one that was
    ///   stretched; nothing where 4.8 stops with `BUG()`, which needs a search that wrapped before.
    @discardableResult
    package mutating func reserve(_ range: PageFrameRange) -> Grant? {
        tree.reserve(range, isOrdered: isOrdered).map(grant)
    }

    /// Frees the node that contains the page (`free_iova`), all of it.
    ///
    /// - Returns: what became free, which may be more or less than the caller has in mind; nothing
    ///   where no node contains the page.
    @discardableResult
    package mutating func free(containing frame: PageFrame) -> PageFrameRange? {
        free(tree.node(containing: frame))
    }

    /// Frees a node by its name (`__free_iova`), as the kernel does when a doorbell cannot be mapped.
    ///
    /// - Returns: what became free; nothing where the node is gone already, of which the kernel says
    ///   nothing either, but breaks.
    @discardableResult
    package mutating func free(_ node: TreeNode) -> PageFrameRange? {
        guard node != .none, tree.holds(node) else { return nil }
        let range = tree.range(of: node)
        forget(node)
        tree.remove(node)
        return range
    }

    /// Moves the cached node off what goes away (`__cached_rbnode_delete_update`, 4.8).
    private mutating func forget(_ node: TreeNode) {
        guard cached32 != .none, tree[node].first >= tree[cached32].first else { return }
        let next = tree.next(after: node)
        cached32 = next != .none && tree[next].first < cachedLimit ? next : .none
    }
}
