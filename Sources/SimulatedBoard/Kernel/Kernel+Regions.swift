// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import Vocabulary

extension Kernel {
    struct Region: Hashable {
        let range: IOVARange
        let kind: ReservedRegion.Kind
    }

    /// What the drivers report for a group, sorted; neighbours of one kind are one
    /// (`iommu_insert_resv_region`, 6.1).
    func reservedRegions(of group: IOMMUGroup) -> [Region] { regions(of: group.functions) }

    /// What is reserved for one function.
    func reservedRegions(of function: PCIFunction) -> [Region] { regions(of: [function]) }

    private func regions(of functions: [PCIFunction]) -> [Region] {
        var regions: Set<Region> = []
        let listsSoftware = !hasHardwareWindow || board.listsBothWindows || mutant == .m25
        if listsSoftware { regions.insert(Region(range: Self.softwareWindow, kind: .msi)) }
        if let window = board.hardwareWindow { regions.insert(Region(range: window, kind: .msi)) }
        for function in functions {
            for range in function.description.direct {
                regions.insert(Region(range: range, kind: .direct))
            }
            for range in function.description.relaxable {
                regions.insert(Region(range: range, kind: .directRelaxable))
            }
        }
        return Self.merged(regions)
    }

    private static func merged(_ regions: Set<Region>) -> [Region] {
        let sorted = regions.sorted {
            ($0.range.first, $0.range.last, $0.kind.rawValue)
                < ($1.range.first, $1.range.last, $1.kind.rawValue)
        }
        return sorted.reduce(into: []) { joined, region in
            if let last = joined.last, last.kind == region.kind,
                last.range.last.rawValue &+ 1 >= region.range.first.rawValue,
                let both = IOVARange(
                    first: last.range.first, last: max(last.range.last, region.range.last))
            {
                joined[joined.count - 1] = Region(range: both, kind: region.kind)
            } else {
                joined.append(region)
            }
        }
    }

    /// The IOVAs that the users of a container may map.
    func ranges(of iommu: TypeOne) -> [IOVARange] {
        let last = iommu.members.map(\.domain.table.last).min() ?? IOVA(rawValue: .max)
        return ranges(in: [ConstantRange.range(0, last.rawValue)], without: iommu.groups)
    }

    /// Cuts out what groups reserve; what is relaxable may be used.
    func ranges(in whole: [IOVARange], without groups: [IOMMUGroup]) -> [IOVARange] {
        var ranges = whole
        for group in groups {
            for region in reservedRegions(of: group) where region.kind != .directRelaxable {
                if mutant == .m12, region.kind == .msi { continue }
                ranges = ranges.flatMap { $0.without(excluded(region)) }
            }
        }
        return ranges
    }

    /// M13: one page more than the window is kept back.
    func excluded(_ region: Region) -> IOVARange {
        guard mutant == .m13, region.kind == .msi,
            let last = region.range.last.advanced(by: board.page.bytes),
            let longer = IOVARange(first: region.range.first, last: last)
        else { return region.range }
        return longer
    }
}

extension IOVARange {
    /// What of it lies below and above another range.
    func without(_ hole: IOVARange) -> [IOVARange] {
        guard overlaps(hole) else { return [self] }
        let below = hole.first.moved(backBy: .bytes(1)).flatMap {
            IOVARange(first: first, last: $0)
        }
        let above = hole.last.advanced(by: .bytes(1)).flatMap { IOVARange(first: $0, last: last) }
        return [below, above].compactMap { $0 }
    }
}
