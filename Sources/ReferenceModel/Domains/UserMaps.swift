// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// What user space has mapped in a container, in ascending order and without overlap
/// (`iommu->dma_list` of `vfio_iommu_type1.c`, 6.1).
struct UserMaps: Sendable {
    private(set) var ranges: [IOVARange] = []

    /// The map that holds an address.
    func holding(_ address: IOVA) -> IOVARange? { ranges.first { $0.contains(address) } }

    func overlaps(_ range: IOVARange) -> Bool { ranges.contains { $0.overlaps(range) } }

    /// Whether a range would take a part of a map and leave the rest.
    func isCut(by range: IOVARange) -> Bool {
        let first = holding(range.first).map { $0.first != range.first } ?? false
        let last = holding(range.last).map { $0.last != range.last } ?? false
        return first || last
    }

    mutating func add(_ range: IOVARange) {
        let place = ranges.firstIndex { range.first < $0.first } ?? ranges.endIndex
        ranges.insert(range, at: place)
    }

    /// Takes out the maps that lie inside a range.
    mutating func remove(inside range: IOVARange) -> [IOVARange] {
        defer { ranges.removeAll { range.contains($0) } }
        return ranges.filter { range.contains($0) }
    }

    mutating func removeAll() -> [IOVARange] {
        defer { ranges = [] }
        return ranges
    }
}
