// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// The IOVA allocator of 4.8 and 4.9, which the RFC builds on (`struct iova_domain`,
/// `drivers/iommu/iova.c`).
///
/// It hands out the highest pages that fit below a limit. It is a model of what the kernel does,
/// mistakes included: reserving never reports a collision, a free takes the whole node that contains
/// the page whoever else has pages there, the lower bound holds only where no node lies below it,
/// and a node at page 0 lets the search wrap to the top of 64 bits. The text it follows is that of
/// eauger/linux 30169de9a2f7; DMA mappings of that time bypass the caches of freed ranges
/// (recalled, not read), so nothing here is left to chance.
package struct EraTree: Sendable {
    var tree = FrameTree()
    /// The node that the last allocation with the cached limit made, or what came after it.
    var cached32 = TreeNode.none
    /// Whether the nodes lie from left to right without overlap, which a search that wraps ends.
    var isOrdered = true

    /// The domain's own page size, the lowest bit of its `pgsize_bitmap`.
    package let granule: Granule
    /// `start_pfn`: the lowest page to hand out; DMA domains never begin below page 1.
    package let start: PageFrame
    /// `dma_32bit_pfn`: searches with exactly this limit begin at the cached node.
    ///
    /// Its name is older than its use: DMA domains pass the last page of their window (recalled,
    /// `iommu_dma_init_domain`, 4.8).
    package let cachedLimit: PageFrame
    /// Whether the author's fix of the last comparison is in.
    ///
    /// Without it a window of N pages that nothing lies below gives N-1 (the unfixed line stands in
    /// 4.9 trees, the fixed one in eauger/linux 30169de9a2f7; fixed upstream in 4.10, recalled).
    package let lowestPageUsable: Bool

    /// An empty domain (`init_iova_domain`).
    package init(
        granule: Granule, start: PageFrame, cachedLimit: PageFrame, lowestPageUsable: Bool = false
    ) {
        self.granule = granule
        self.start = start
        self.cachedLimit = cachedLimit
        self.lowestPageUsable = lowestPageUsable
    }

    /// The nodes from left to right: each is what one call made, and neighbours are never joined.
    package var nodes: [PageFrameRange] { tree.ranges }

    /// The node that a search with the cached limit begins at; nothing for the rightmost.
    package var cachedNode: PageFrameRange? {
        cached32 == .none ? nil : tree.range(of: cached32)
    }

    /// The node that contains the page (`find_iova`).
    package func find(_ frame: PageFrame) -> Grant? {
        let node = tree.node(containing: frame)
        return node == .none ? nil : grant(node)
    }

    func grant(_ node: TreeNode) -> Grant { Grant(range: tree.range(of: node), node: node) }
}
