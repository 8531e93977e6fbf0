// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

/// An IOMMU domain: page tables, and a cookie where the kernel itself places doorbells in it.
final class Domain {
    enum Kind {
        /// Translates through its tables.
        case paging
        /// Lets every address through.
        case identity
        /// Lets none through.
        case blocked
    }

    let kind: Kind
    /// The place of the IOMMU whose tables these are; set by the first attach.
    var smmu: Int?
    var table: PageTable
    var cookie: MSICookie?

    init(kind: Kind, smmu: Int? = nil, table: PageTable) {
        self.kind = kind
        self.smmu = smmu
        self.table = table
    }
}

/// Where a domain's doorbells lie, and who chose it.
final class MSICookie {
    /// One doorbell page.
    struct Page {
        let page: PhysicalAddress
        let iova: IOVA
        /// How many vectors use it; only the user's window counts them.
        var users = 0
        /// M4: the function that it was mapped for.
        var function: PCIAddress?
    }

    enum Allocator {
        /// 4.11 to 6.14: a pointer that goes up.
        case linear(next: IOVA)
        /// Holes between reserved ranges, from above.
        case topDown(ReservedSpace)
        /// 6.15 and later: the table of the file descriptor.
        case file(DoorbellTable)
    }

    var allocator: Allocator
    var pages: [Page] = []
    /// What the kernel maps for one page.
    let granule: Granule

    init(_ allocator: Allocator, granule: Granule) {
        self.allocator = allocator
        self.granule = granule
    }
}

/// The doorbells of one iommufd, in the order of their first use.
final class DoorbellTable {
    var pages: [PhysicalAddress] = []
    /// Which of them each group's vectors need, by the group's number.
    var required: [Int: [PhysicalAddress]] = [:]
}
