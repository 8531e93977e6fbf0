// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

extension Kernel {
    /// Makes a domain with the page sizes that the SMMU and the CPU agree on
    /// (`arm_lpae_restrict_pgsizes`, 6.1): the CPU's where the SMMU has it.
    func makeDomain(for group: IOMMUGroup, kind: Domain.Kind = .paging) -> Domain {
        let place = group.functions.first?.description.smmu ?? 0
        let smmu = board.smmus[place]
        return Domain(
            kind: kind,
            table: PageTable(
                granule: smmu.granule(page: board.page),
                last: IOVA(rawValue: 1 << smmu.inputBits - 1)))
    }

    /// `iommu_map()`: all or nothing, and traced either way (6.1: a failure takes back what it had
    /// mapped, which shows as an unmap, of nothing even).
    func map(
        _ domain: Domain, _ iova: IOVA, to page: PhysicalAddress, _ size: ByteCount,
        _ access: PageTable.Access
    ) -> KernelErrno {
        let (mapped, refusal) = domain.table.map(iova, to: page, size, access)
        guard let refusal else {
            trace.map(iova, size, to: page, author())
            return .none
        }
        warn(at: "drivers/iommu/io-pgtable-arm.c:312 arm_lpae_init_pte+0x1c8/0x1f0")
        _ = domain.table.unmap(iova, mapped)
        trace.unmap(iova, mapped, unmapped: mapped, author())
        return refusal == .occupied ? .exists : .outOfRange
    }

    /// `iommu_unmap()`: stops at the first page that is not there.
    func unmap(_ domain: Domain, _ iova: IOVA, _ size: ByteCount) {
        let unmapped = domain.table.unmap(iova, size)
        if unmapped < size {
            warn(at: "drivers/iommu/io-pgtable-arm.c:664 __arm_lpae_unmap+0x2a4/0x2c0")
        }
        trace.unmap(iova, size, unmapped: unmapped, author())
    }

    /// Lets all devices of a group translate through a domain; false where the domain belongs to
    /// another SMMU.
    func attach(_ group: IOMMUGroup, to domain: Domain) -> Bool {
        let place = group.functions.first?.description.smmu ?? 0
        if domain.kind == .paging {
            guard domain.smmu == nil || domain.smmu == place else { return false }
            domain.smmu = place
        }
        group.domain = domain
        for function in group.functions { trace.attach(function.address, author()) }
        return true
    }

    /// Puts a group where it is while it has an owner but no domain, or none of both.
    func block(_ group: IOMMUGroup) {
        let place = group.functions.first?.description.smmu ?? 0
        let empty = PageTable(granule: board.page, last: IOVA(rawValue: 0))
        _ = attach(group, to: Domain(kind: .blocked, smmu: place, table: empty))
    }

    func giveDefault(to group: IOMMUGroup) {
        guard let domain = group.defaultDomain else { return }
        _ = attach(group, to: domain)
    }
}

extension SMMUDescription {
    /// The page sizes of a domain's tables, one bit for each.
    func pageSizes(page: Granule) -> UInt64 {
        // Each granule of the architecture with its blocks (`arm_lpae_restrict_pgsizes`, 6.1).
        let sets: [UInt64: UInt64] = [
            0x1000: 0x4020_1000, 0x4000: 0x0200_4000, 0x1_0000: 0x2001_0000,
        ]
        let own = page.bytes.rawValue
        if pageSizes & own != 0 { return pageSizes & (sets[own] ?? own) }
        // Else the largest that is smaller than a page.
        let smaller = pageSizes & (own - 1)
        let largest: UInt64 = smaller == 0 ? own : 1 << UInt64(63 - smaller.leadingZeroBitCount)
        return pageSizes & (sets[largest] ?? largest)
    }

    func granule(page: Granule) -> Granule {
        let sizes = pageSizes(page: page)
        return Granule(.bytes(1 << UInt64(sizes.trailingZeroBitCount))) ?? page
    }

    /// The name of its device: `arm-smmu-v3 9050000.smmuv3`.
    var deviceName: String {
        let place = Hexadecimal.digits(base.rawValue)
        return architecture == .three
            ? "arm-smmu-v3 \(place).smmuv3" : "arm-smmu \(place).smmu"
    }
}

extension Kernel {
    /// M28: takes the first doorbell's page out of each domain, where a user's page was meant.
    func strayUnmap(from iommu: TypeOne) {
        guard mutant == .m28 else { return }
        for member in iommu.members {
            guard let cookie = member.domain.cookie, let page = cookie.pages.first else { continue }
            unmap(member.domain, page.iova, cookie.granule.bytes)
        }
    }
}
