// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import Vocabulary

extension Kernel {
    /// `iopt_map_pages()` at a fixed IOVA: the checks of `iopt_alloc_area_pages`, 6.12.
    func mapSpace(_ space: AddressSpace, _ iova: IOVA, _ size: ByteCount) -> KernelErrno {
        if iova.rawValue == .max || size.rawValue == .max { return .overflow }
        let mask = alignment(of: space) - 1
        guard size > .zero, size.rawValue & mask == 0, iova.rawValue & mask == 0 else {
            return .invalid
        }
        guard let range = IOVARange(first: iova, size: size) else { return .overflow }
        guard isAllowed(range, in: space) else { return .invalid }
        if space.map(meeting: range) != nil { return .exists }
        let map = TypeOne.UserMap(range: range, runs: memory.allocate(wholePages(size)))
        for table in space.tables {
            let errno = fill(table.domain, with: map)
            guard errno == .none else { return errno }
        }
        space.add(map)
        return .none
    }

    private func wholePages(_ size: ByteCount) -> ByteCount {
        let page = board.page.bytes.rawValue
        return .bytes((size.rawValue + page - 1) / page * page)
    }

    /// Nothing is asked of an IOVA before a domain is there (`iopt_init_table`).
    private func alignment(of space: AddressSpace) -> UInt64 {
        space.tables.map(\.domain.table.granule.bytes.rawValue).max() ?? 1
    }

    func isAllowed(_ range: IOVARange, in space: AddressSpace) -> Bool {
        ranges(of: space).contains { $0.contains(range) }
    }

    /// `IOMMU_IOAS_IOVA_RANGES`: what no attached device and no aperture forbids.
    func ranges(of space: AddressSpace) -> [IOVARange] {
        let last = space.tables.map(\.domain.table.last).min() ?? IOVA(rawValue: .max)
        var ranges = [ConstantRange.range(0, last.rawValue)]
        for function in space.functions {
            for region in reservedRegions(of: function) where region.kind != .directRelaxable {
                if mutant == .m12, region.kind == .msi { continue }
                ranges = ranges.flatMap { $0.without(excluded(region)) }
            }
        }
        return ranges
    }

    func fill(_ domain: Domain, with map: TypeOne.UserMap) -> KernelErrno {
        for run in map.runs {
            let iova = map.range.first.past(run.offset)
            let errno = self.map(domain, iova, to: run.page, run.size, [.read, .write])
            guard errno == .none else { return errno }
        }
        return .none
    }

    /// `iommufd_ioas_unmap()`: area by area from below, until one sticks out; nothing is an error.
    func unmapSpace(
        _ space: AddressSpace, _ iova: IOVA, _ size: ByteCount
    ) -> (errno: KernelErrno, unmapped: ByteCount) {
        if iova.rawValue == .max || size.rawValue == .max { return (.overflow, .zero) }
        guard size > .zero else { return (.invalid, .zero) }
        guard let range = IOVARange(first: iova, size: size) else { return (.overflow, .zero) }
        var unmapped: UInt64 = 0
        for map in space.maps where map.range.overlaps(range) {
            guard range.contains(map.range) else { return (.noEntry, .bytes(unmapped)) }
            for table in space.tables { unmap(table.domain, map.range.first, map.size) }
            space.remove(map)
            unmapped += map.size.rawValue
        }
        return (unmapped == 0 ? .noEntry : .none, .bytes(unmapped))
    }
}
