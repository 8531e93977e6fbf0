// SPDX-License-Identifier: GPL-3.0-or-later

/// Names a node of an allocator, as a `struct iova *` does in the kernel.
///
/// It stays good until the node is freed. After that a later node may get the same name, just as
/// the kernel's memory is used again: holding on to it is a use after free there too.
package struct TreeNode: Hashable, Sendable {
    let index: Int32

    init(index: Int32) { self.index = index }

    /// No node; its place in the arena is the leaf that all leaves are.
    static let none = TreeNode(index: 0)
}

/// What an allocation gave: the pages, and the node that stands for them.
package struct Grant: Hashable, Sendable {
    package let range: PageFrameRange
    package let node: TreeNode

    init(range: PageFrameRange, node: TreeNode) {
        self.range = range
        self.node = node
    }
}
