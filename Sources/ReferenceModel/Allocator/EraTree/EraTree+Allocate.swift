// SPDX-License-Identifier: GPL-3.0-or-later

/// How an allocation from the tree of 4.8 ends.
package enum EraAllocation: Hashable, Sendable {
    /// The pages, which lie above the limit when the search has wrapped.
    case granted(Grant)
    /// Nothing fits: the caller sees `-ENOMEM`, or 0 for an address.
    case exhausted
    /// `BUG()`: a node begins at the very page that was found, which only a wrapped search finds.
    case crash

    /// The pages and their node; nothing where the allocation failed.
    package var grant: Grant? {
        if case .granted(let grant) = self { grant } else { nil }
    }
}

extension EraTree {
    /// Finds the highest pages that fit and end at the limit or below (`alloc_iova`).
    ///
    /// - Parameters:
    ///   - size: how many pages.
    ///   - limit: the last page that may be used; in a DMA domain the device's mask, its page.
    ///   - aligned: whether the first page is to be a multiple of the next power of two.
    /// - Returns: what the kernel's caller gets, or that the kernel stops.
    package mutating func allocate(
        _ size: PageCount, limit: PageFrame, aligned: Bool = true
    ) -> EraAllocation {
        var search = EraSearch(self, size, limit: limit, aligned: aligned)
        guard search.run(in: self) else { return .exhausted }
        guard let node = tree.insert(search.slot, below: search.hint) else { return .crash }
        if limit == cachedLimit { cached32 = node }
        isOrdered = isOrdered && isInOrder(node)
        return .granted(grant(node))
    }

    private func isInOrder(_ node: TreeNode) -> Bool {
        let (left, right) = (tree.previous(before: node), tree.next(after: node))
        return (left == .none || tree[left].last < tree[node].first)
            && (right == .none || tree[node].last < tree[right].first)
    }
}

/// A walk from right to left through the nodes (`__alloc_and_insert_iova_range`, 4.8).
///
/// The arithmetic wraps as the kernel's does.
private struct EraSearch {
    private let size: PageCount
    private let aligned: Bool
    /// The last page that may still be used.
    private var ceiling: UInt64
    private var node: TreeNode
    private var padding: UInt64 = 0
    /// Where the insertion begins.
    private(set) var hint: TreeNode

    init(_ domain: EraTree, _ size: PageCount, limit: PageFrame, aligned: Bool) {
        self.size = size
        self.aligned = aligned
        if limit == domain.cachedLimit, domain.cached32 != .none {
            ceiling = domain.tree[domain.cached32].first.rawValue &- 1
            node = domain.tree.previous(before: domain.cached32)
        } else {
            ceiling = limit.rawValue
            node = domain.tree.last
        }
        hint = node
    }

    /// Goes left until the pages fit; false when they fit nowhere.
    mutating func run(in domain: EraTree) -> Bool {
        while node != .none {
            let (first, last) = (
                domain.tree[node].first.rawValue, domain.tree[node].last.rawValue
            )
            if ceiling >= first {
                if ceiling >= last, fits(above: last) { return true }
                ceiling = first &- 1
            }
            hint = node
            node = domain.tree.previous(before: node)
        }
        return fits(from: domain)
    }

    private mutating func fits(above last: UInt64) -> Bool {
        pad()
        return last &+ size.wide &+ padding <= ceiling
    }

    private mutating func fits(from domain: EraTree) -> Bool {
        pad()
        let need = domain.start.rawValue &+ size.wide &+ padding
        return (domain.lowestPageUsable ? need &- 1 : need) <= ceiling
    }

    /// Pages left free above, so that the first one is aligned; in 32 bits, as `iova_get_pad_size`.
    private mutating func pad() {
        guard aligned else { return }
        let end = UInt32(truncatingIfNeeded: ceiling) &+ 1
        padding = UInt64(end &- size.rawValue) & size.alignmentMask
    }

    var slot: PageFrameRange {
        let first = ceiling &- (size.wide &+ padding) &+ 1
        return PageFrameRange(
            known: PageFrame(rawValue: first),
            PageFrame(rawValue: first &+ size.wide &- 1))
    }
}
