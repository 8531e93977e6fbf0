// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import Vocabulary

extension Kernel {
    /// `vfio_iommu_type1_attach_group()`: the checks and the acts in their order.
    func attachGroup(_ group: IOMMUGroup, to iommu: TypeOne) -> KernelErrno {
        let domain = makeDomain(for: group)
        _ = attach(group, to: domain)
        let refusal = refusal(of: group, domain, by: iommu)
        guard refusal == .none else {
            leaveDomain(group)
            return refusal
        }
        if joinExisting(group, domain, iommu) {
            // M23: the cookie is asked for a second time.
            guard mutant == .m23 else { return .none }
            detachGroup(group, from: iommu)
            return .exists
        }
        return makeMember(group, domain, iommu)
    }

    private func refusal(
        of group: IOMMUGroup, _ domain: Domain, by iommu: TypeOne
    ) -> KernelErrno {
        if traits.hasRangeList {
            if iommu.maps.contains(where: { $0.range.last > domain.table.last }) { return .invalid }
            let regions = reservedRegions(of: group).filter { $0.kind != .directRelaxable }
            let isHit = regions.contains { iommu.map(meeting: $0.range) != nil }
            if isHit { return .invalid }
        }
        guard allowsUnsafeInterrupts || areInterruptsSafe(for: group) || mutant == .m14 else {
            log.print(
                "vfio_iommu_type1_attach_group: No interrupt remapping support.  Use the module "
                    + "param \"allow_unsafe_interrupts\" to enable VFIO IOMMU support on this "
                    + "platform", level: 4, at: clock)
            return .notPermitted
        }
        return .none
    }

    /// Whether what a group may write can only raise its own interrupts, as each kernel sees it.
    func areInterruptsSafe(for group: IOMMUGroup) -> Bool {
        switch traits.generation {
        // P10: the SMMU does not claim it any more, and nobody else does.
        case .mixed: return false
        default: break
        }
        guard traits.asksIsolationByGroup else { return controllers.areAllIsolated }
        return group.functions.allSatisfy { controllers.isIsolated($0.description.controller) }
    }

    /// Tries the domains that are there; another SMMU's refuses.
    private func joinExisting(
        _ group: IOMMUGroup, _ own: Domain, _ iommu: TypeOne
    ) -> Bool {
        for member in iommu.members {
            leaveDomain(group)
            if attach(group, to: member.domain) {
                member.groups.append(group)
                return true
            }
            printMismatch(group, member.domain)
            _ = attach(group, to: own)
        }
        return false
    }

    private func printMismatch(_ group: IOMMUGroup, _ domain: Domain) {
        guard let function = group.functions.first, let other = domain.smmu else { return }
        let (theirs, own) = (board.smmus[other], board.smmus[function.description.smmu])
        let place: (SMMUDescription) -> Substring = {
            $0.deviceName.split(separator: " ").last ?? ""
        }
        let end =
            own.architecture == .three
            ? "cannot attach to SMMU \(place(theirs)) (upstream of \(place(own)))"
            : "cannot attach to SMMU \(place(theirs)) whilst already attached to domain on SMMU "
                + place(own)
        log.print("vfio-pci \(function.address): \(end)", level: 3, at: clock)
    }

    private func makeMember(
        _ group: IOMMUGroup, _ domain: Domain, _ iommu: TypeOne
    ) -> KernelErrno {
        giveCookie(to: domain, for: group, early: true, iommu)
        testSuperpages(domain, of: group, iommu)
        let errno = replay(iommu, into: domain)
        guard errno == .none else {
            leaveDomain(group)
            return errno
        }
        giveCookie(to: domain, for: group, early: false, iommu)
        iommu.members.insert(TypeOne.Member(domain, group), at: 0)
        return .none
    }

    /// `vfio_test_domain_fgsp()`: two pages, unmapped one by one, where the ranges allow them.
    private func testSuperpages(_ domain: Domain, of group: IOMMUGroup, _ iommu: TypeOne) {
        let page = board.page.bytes.rawValue
        let whole = ConstantRange.range(0, domain.table.last.rawValue)
        let ranges =
            traits.hasRangeList
            ? ranges(in: [whole], without: iommu.groups + [group]) : [whole]
        for range in ranges {
            let start = (range.first.rawValue + 2 * page - 1) & ~(2 * page - 1)
            guard start < range.last.rawValue, range.last.rawValue - start >= 2 * page else {
                continue
            }
            let iova = IOVA(rawValue: start)
            let place = PhysicalAddress(rawValue: board.memoryBase.rawValue + 0x11_0000)
            guard map(domain, iova, to: place, .bytes(2 * page), [.read, .write]) == .none else {
                return
            }
            unmap(domain, iova, .bytes(page))
            unmap(domain, iova.past(.bytes(page)), .bytes(page))
            return
        }
    }

    /// `vfio_iommu_type1_detach_group()`: the last group takes the user's maps with it.
    func detachGroup(_ group: IOMMUGroup, from iommu: TypeOne) {
        guard let place = iommu.members.firstIndex(where: { $0.groups.contains { $0 === group } })
        else { return }
        leaveDomain(group)
        let member = iommu.members[place]
        member.groups.removeAll { $0 === group }
        guard member.groups.isEmpty else { return }
        if iommu.members.count == 1 {
            for map in iommu.maps { remove(map, from: iommu) }
        }
        iommu.members.remove(at: place)
    }

    /// `iommu_detach_group()`: blocked while the group still has an owner, else the default.
    func leaveDomain(_ group: IOMMUGroup) {
        if traits.claimsOwnership { block(group) } else { giveDefault(to: group) }
    }
}
