// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// How the kernel's DMA layer chooses IOVAs in a DMA domain of 6.1 and 6.12: the tree, and the caches
/// of freed ranges above it.
///
/// A freed range of at most 32 pages stays in the tree and is parked in a cache of the CPU that freed
/// it (`alloc_iova_fast`, `free_iova_fast`, `drivers/iommu/iova.c`). A later request of its size
/// takes it only on a CPU whose cache holds it, which nobody sees from outside: then there are
/// several allowed outcomes. Where nothing is parked that would fit, the tree alone decides, exactly.
///
/// Assumed: no CPU goes offline, and ranges are freed at once, as doorbells are; a domain with a
/// flush queue (`DMA-FQ`) frees its drivers' ranges later, at a time that is not modelled.
package struct DMAAddressChoice: Sendable {
    private(set) var tree: CachedTree
    /// Freed ranges by the order of their size, each by its first page.
    private(set) var parked: [Int: Set<PageFrame>] = [:]
    /// Functions that no longer try below 4 GiB first; the kernel forgets it when it probes again.
    private(set) var promoted: Set<PCIAddress> = []
    private let rule: LowAddressRule

    /// The largest order that caches take (`IOVA_RANGE_CACHE_MAX_SIZE - 1`): 32 pages.
    private static let largestOrder = 5
    /// What two magazines of 127 hold.
    ///
    /// With more of one order, a CPU may have passed some on to a depot, from which 6.12 gives them
    /// back to the tree as time goes by.
    private static let certainlyParked = 254

    /// A domain in which something may be reserved already, but nothing was freed.
    package init(tree: CachedTree, rule: LowAddressRule) {
        self.tree = tree
        self.rule = rule
    }

    /// What the kernel answers; an inner nothing is its failure.
    ///
    /// - Returns: nothing where so much is parked that the kernel may have begun to give it back.
    package func predict(_ request: DMARequest) -> Prediction<IOVA?>? {
        guard parked.values.allSatisfy({ $0.count <= Self.certainlyParked }) else { return nil }
        let answers = branches(request).map { $0.frame?.address(granule: tree.granule) }
        guard answers.count > 1 else { return .exactly(answers.first ?? nil) }
        return .oneOf(
            answers, because: "which CPU's cache holds the freed ranges of this size is not known")
    }

    /// Follows what the kernel has answered.
    ///
    /// - Returns: false, and nothing changes, where the prediction does not allow the answer.
    package mutating func settle(_ request: DMARequest, on answer: IOVA?) -> Bool {
        let frame = answer.map { PageFrame(of: $0, granule: tree.granule) }
        guard let branch = branches(request).first(where: { $0.frame == frame }) else {
            return false
        }
        self = branch.state
        return true
    }

    /// Follows the probing of a function, which tries below 4 GiB first again
    /// (`iommu_setup_dma_ops`, 6.12).
    package mutating func probe(_ device: PCIAddress) { promoted.remove(device) }

    /// Follows the freeing of what a request got (`free_iova_fast`).
    package mutating func release(_ address: IOVA, size: PageCount) {
        let frame = PageFrame(of: address, granule: tree.granule)
        if size.order <= Self.largestOrder {
            parked[size.order, default: []].insert(frame)
        } else {
            tree.free(containing: frame)
        }
    }
}

extension DMAAddressChoice {
    /// One thing that the kernel may do, and what the domain is like afterwards.
    private struct Branch {
        let frame: PageFrame?
        let state: DMAAddressChoice
    }

    /// All that the kernel may do (`iommu_dma_alloc_iova`).
    private func branches(_ request: DMARequest) -> [Branch] {
        var (state, branches) = (self, [Branch]())
        let low = IOVA(rawValue: 0xffff_ffff)
        if request.limit > low, let device = request.device, state.triesLowFirst(device) {
            if state.attempt(request.size, low, emptiesCaches: false, &branches) {
                return branches
            }
            if rule == .untilFirstFailure { state.promoted.insert(device) }
        }
        if !state.attempt(request.size, request.limit, emptiesCaches: true, &branches) {
            branches.append(Branch(frame: nil, state: state))
        }
        return branches
    }

    private func triesLowFirst(_ device: PCIAddress) -> Bool {
        switch rule {
        case .eachRequest: true
        case .untilFirstFailure: !promoted.contains(device)
        case .never: false
        }
    }

    /// Tries the caches and then the tree (`alloc_iova_fast`); true when the tree gives something.
    private mutating func attempt(
        _ wanted: PageCount, _ limit: IOVA, emptiesCaches: Bool, _ branches: inout [Branch]
    ) -> Bool {
        let last = PageFrame(of: limit, granule: tree.granule)
        // What could be parked later is taken in sizes that fit the caches.
        let size = wanted.order <= Self.largestOrder ? wanted.roundedUp : wanted
        branches += parkedBranches(size, last)
        if takeFromTree(size, last, &branches) { return true }
        guard emptiesCaches else { return false }
        for frame in parked.values.joined() { tree.free(containing: frame) }
        parked = [:]
        return takeFromTree(size, last, &branches)
    }

    private mutating func takeFromTree(
        _ size: PageCount, _ last: PageFrame, _ branches: inout [Branch]
    ) -> Bool {
        guard let grant = tree.allocate(size, limit: last) else { return false }
        branches.append(Branch(frame: grant.range.first, state: self))
        return true
    }

    private func parkedBranches(_ size: PageCount, _ last: PageFrame) -> [Branch] {
        parked[size.order, default: []].sorted(by: >)
            .filter { $0.rawValue &+ size.wide &- 1 <= last.rawValue }
            .map { frame in
                var state = self
                state.parked[size.order]?.remove(frame)
                return Branch(frame: frame, state: state)
            }
    }
}
