// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

/// The leaves of a domain's page tables: what `io-pgtable-arm.c` keeps, one leaf for each granule.
///
/// Blocks are not formed: the memory of simulated users never lies in runs as long as one.
struct PageTable {
    /// What a device may do with a page.
    struct Access: OptionSet {
        let rawValue: UInt8
        static let read = Access(rawValue: 1)
        static let write = Access(rawValue: 2)
        /// Device memory, as `IOMMU_MMIO` asks for.
        static let device = Access(rawValue: 4)
    }

    struct Leaf {
        let page: PhysicalAddress
        let access: Access
    }

    enum Refusal {
        /// `-ERANGE`: beyond the input address size.
        case outOfRange
        /// `-EEXIST`: a leaf is there; an unmap is required first.
        case occupied
    }

    let granule: Granule
    /// The last address that the tables can translate.
    let last: IOVA
    private var leaves: [IOVA: Leaf] = [:]

    init(granule: Granule, last: IOVA) {
        self.granule = granule
        self.last = last
    }

    var isEmpty: Bool { leaves.isEmpty }

    /// Maps granule by granule from below, and says how far it came where it was refused.
    mutating func map(
        _ iova: IOVA, to page: PhysicalAddress, _ size: ByteCount, _ access: Access
    ) -> (mapped: ByteCount, refusal: Refusal?) {
        let step = granule.bytes.rawValue
        guard let range = IOVARange(first: iova, size: size), range.last <= last else {
            return (.zero, .outOfRange)
        }
        for offset in stride(from: 0, to: size.rawValue, by: Int(step)) {
            let place = IOVA(rawValue: iova.rawValue + offset)
            guard leaves[place] == nil else { return (.bytes(offset), .occupied) }
            leaves[place] = Leaf(
                page: PhysicalAddress(rawValue: page.rawValue + offset), access: access)
        }
        return (size, nil)
    }

    /// Unmaps granule by granule from below and stops at the first hole (`__arm_lpae_unmap`).
    mutating func unmap(_ iova: IOVA, _ size: ByteCount) -> ByteCount {
        for offset in stride(from: 0, to: size.rawValue, by: Int(granule.bytes.rawValue)) {
            let place = IOVA(rawValue: iova.rawValue + offset)
            guard leaves.removeValue(forKey: place) != nil else { return .bytes(offset) }
        }
        return size
    }

    /// The leaf that translates an address.
    func leaf(at iova: IOVA) -> Leaf? { leaves[iova.page(of: granule)] }

    /// Where an access goes; nothing where no leaf leads or the leaf forbids it.
    func translate(_ iova: IOVA) -> PhysicalAddress? {
        leaf(at: iova).map {
            PhysicalAddress(rawValue: $0.page.rawValue + iova.offset(in: granule).rawValue)
        }
    }
}
