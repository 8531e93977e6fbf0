// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

extension Kernel {
    /// `vfio_dma_do_map()`: the checks in their order, then the pages.
    func mapUser(_ iommu: TypeOne, _ iova: IOVA, _ size: ByteCount) -> KernelErrno {
        let mask = smallestPage(iommu) - 1
        guard size > .zero, (iova.rawValue | size.rawValue) & mask == 0,
            let range = IOVARange(first: iova, size: size)
        else { return .invalid }
        if iommu.map(meeting: range) != nil { return .exists }
        if iommu.windows.contains(where: { $0.overlaps(range) }) { return .exists }
        if traits.hasRangeList, !ranges(of: iommu).contains(where: { $0.contains(range) }) {
            return .invalid
        }
        return pinAndMap(iommu, range)
    }

    /// `vfio_pin_map_dma()`: run by run, in every domain; what fails is taken back whole.
    private func pinAndMap(_ iommu: TypeOne, _ range: IOVARange) -> KernelErrno {
        let size = ByteCount.bytes(range.last.rawValue - range.first.rawValue + 1)
        let map = TypeOne.UserMap(range: range, runs: memory.allocate(size))
        for (index, run) in map.runs.enumerated() {
            let errno = mapEverywhere(iommu, range.first.past(run.offset), run)
            guard errno == .none else {
                let done = Array(map.runs[..<index])
                unmapRuns(iommu, TypeOne.UserMap(range: range, runs: done))
                return errno
            }
        }
        iommu.add(map)
        return .none
    }

    private func mapEverywhere(
        _ iommu: TypeOne, _ iova: IOVA, _ run: UserMemory.Run
    ) -> KernelErrno {
        for (index, member) in iommu.members.enumerated() {
            let errno = mapForUser(member.domain, iova, run)
            guard errno == .none else {
                for earlier in iommu.members[..<index].reversed() {
                    unmapForUser(earlier.domain, iova, run.size)
                }
                return errno
            }
        }
        return .none
    }

    /// `vfio_dma_do_unmap()` of type1v2: whole maps only.
    func unmapUser(
        _ iommu: TypeOne, _ iova: IOVA, _ size: ByteCount
    ) -> (errno: KernelErrno, unmapped: ByteCount) {
        let mask = smallestPage(iommu) - 1
        guard iova.rawValue & mask == 0, size > .zero, size.rawValue & mask == 0,
            let range = IOVARange(first: iova, size: size)
        else { return (.invalid, .zero) }
        if let first = iommu.map(holding: range.first), first.range.first != range.first {
            return (.invalid, .zero)
        }
        if let last = iommu.map(holding: range.last), last.range.last != range.last {
            return (.invalid, .zero)
        }
        var unmapped: UInt64 = 0
        for map in iommu.maps where map.range.overlaps(range) {
            unmapped += map.size.rawValue
            remove(map, from: iommu)
        }
        return (.none, .bytes(unmapped))
    }

    func remove(_ map: TypeOne.UserMap, from iommu: TypeOne) {
        unmapRuns(iommu, map)
        iommu.remove(map)
    }

    /// `vfio_unmap_unpin()`: whole in all domains but the newest, there run by run, since its tables
    /// remember where the pages are.
    private func unmapRuns(_ iommu: TypeOne, _ map: TypeOne.UserMap) {
        guard let newest = iommu.members.first, let last = map.runs.last else { return }
        let whole = ByteCount.bytes(last.offset.rawValue + last.size.rawValue)
        for member in iommu.members.dropFirst() {
            unmapForUser(member.domain, map.range.first, whole)
        }
        for run in map.runs {
            unmapForUser(newest.domain, map.range.first.past(run.offset), run.size)
        }
    }

    /// The smallest page of all domains; no less than the CPU's (`vfio_update_pgsize_bitmap`).
    func smallestPage(_ iommu: TypeOne) -> UInt64 {
        1 << UInt64(pageSizes(of: iommu).trailingZeroBitCount)
    }

    /// What `VFIO_IOMMU_GET_INFO` says of page sizes.
    func pageSizes(of iommu: TypeOne) -> UInt64 {
        let own = board.page.bytes.rawValue
        let common = iommu.groups.reduce(UInt64.max) { sizes, group in
            let place = group.functions.first?.description.smmu ?? 0
            return sizes & board.smmus[place].pageSizes(page: board.page)
        }
        return common & (own - 1) == 0 ? common : common & ~(own - 1) | own
    }
}

extension IOVA {
    /// The address so many bytes on; inside a range that is known to end in 64 bits.
    func past(_ size: ByteCount) -> IOVA { IOVA(rawValue: rawValue &+ size.rawValue) }
}
