// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// The IOVA allocator of 6.1 and 6.12, below its caches (`struct iova_domain`,
/// `drivers/iommu/iova.c`, the same in both).
///
/// It hands out the highest aligned pages that fit below a limit, beginning where it left off. When
/// nothing fits from there it tries once more between there and the limit. A failed search below
/// 4 GiB is remembered by its size, and one as large is refused unsearched until something there is
/// freed.
package struct CachedTree: Sendable {
    var tree = FrameTree()
    /// A node above all pages, so that every search has a node to begin at.
    let anchor: TreeNode
    /// Where a search above 4 GiB left off (`cached_node`).
    var cached: TreeNode
    /// Where a search below 4 GiB left off (`cached32_node`).
    var cached32: TreeNode
    /// The size, in pages, that was refused last below 4 GiB (`max32_alloc_size`).
    var refusedSize: UInt64

    /// The domain's own page size.
    package let granule: Granule
    /// `start_pfn`: the lowest page to hand out, never page 0 in DMA domains.
    package let start: PageFrame
    /// `dma_32bit_pfn`: the first page at 4 GiB.
    package let fourGiB: PageFrame

    /// An empty domain (`init_iova_domain`).
    ///
    /// The kernel stops with `BUG()` for a granule above the CPU's page size; that is the caller's
    /// to know.
    package init(granule: Granule, start: PageFrame) {
        self.granule = granule
        self.start = start
        fourGiB = PageFrame(of: IOVA(rawValue: 1 << 32), granule: granule)
        refusedSize = fourGiB.rawValue
        // An empty tree takes any range.
        anchor = tree.insert(PageFrameRange(PageFrame(rawValue: .max))) ?? .none
        (cached, cached32) = (anchor, anchor)
    }

    /// The nodes from left to right, without the anchor.
    package var nodes: [PageFrameRange] { tree.ranges.dropLast() }

    /// The node that contains the page (`find_iova`); never the anchor.
    package func find(_ frame: PageFrame) -> Grant? {
        let node = tree.node(containing: frame)
        return node == .none || node == anchor ? nil : grant(node)
    }

    func grant(_ node: TreeNode) -> Grant { Grant(range: tree.range(of: node), node: node) }
}
