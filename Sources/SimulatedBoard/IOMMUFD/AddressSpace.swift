// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

/// One open `/dev/iommu`.
final class IOMMUFile {
    /// The doorbells of all its address spaces (6.15 and later).
    let doorbells = DoorbellTable()
    var spaces: [AddressSpace] = []
}

/// One `IOAS`: user maps, and the domains that they are filled into.
final class AddressSpace {
    /// A page table that the kernel made by itself for devices of one SMMU.
    final class Table {
        let domain: Domain
        var functions: [PCIFunction] = []

        init(_ domain: Domain) { self.domain = domain }
    }

    var tables: [Table] = []
    private(set) var maps: [TypeOne.UserMap] = []

    var functions: [PCIFunction] { tables.flatMap(\.functions) }

    func add(_ map: TypeOne.UserMap) {
        let place = maps.firstIndex { $0.range.first > map.range.first } ?? maps.count
        maps.insert(map, at: place)
    }

    func remove(_ map: TypeOne.UserMap) { maps.removeAll { $0.range == map.range } }

    func map(meeting range: IOVARange) -> TypeOne.UserMap? {
        maps.first { $0.range.overlaps(range) }
    }

    func table(of function: PCIFunction) -> Table? {
        tables.first { $0.functions.contains { $0 === function } }
    }
}
