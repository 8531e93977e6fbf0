// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

extension Kernel {
    /// What became of a doorbell for a vector.
    enum DoorbellOutcome {
        /// The address that belongs into the message.
        case address(MessageAddress)
        case failed
    }

    /// Makes sure that a doorbell's page is mapped where the function translates
    /// (`iommu_dma_map_msi_msg` up to 5.1, `iommu_dma_prepare_msi` since).
    func mapDoorbell(_ ticket: MSITicket, for function: PCIFunction) -> DoorbellOutcome {
        let register = ticket.register
        guard let domain = function.group.domain, let cookie = domain.cookie,
            !isBypassed(register)
        else { return .address(MessageAddress(rawValue: register.rawValue)) }
        let page = register.page(of: cookie.granule)
        note(page, for: function.group, in: cookie)
        let offset = mutant == .m2 ? 0 : register.offset(in: cookie.granule).rawValue
        if let known = knownPage(page, in: cookie, function) {
            cookie.pages[known].users += 1
            return .address(
                MessageAddress(rawValue: cookie.pages[known].iova.rawValue + offset))
        }
        guard let iova = place(page, in: cookie, domain, function) else { return .failed }
        return .address(MessageAddress(rawValue: iova.rawValue + offset))
    }

    private func note(_ page: PhysicalAddress, for group: IOMMUGroup, in cookie: MSICookie) {
        guard case .file(let table) = cookie.allocator,
            table.required[group.number]?.contains(page) != true
        else { return }
        table.required[group.number, default: []].append(page)
    }

    /// Whether the hardware takes writes there out of translation.
    func isBypassed(_ register: PhysicalAddress) -> Bool {
        board.hardwareWindow?.contains(IOVA(rawValue: register.rawValue)) ?? false
    }

    private func knownPage(
        _ page: PhysicalAddress, in cookie: MSICookie, _ function: PCIFunction
    ) -> Int? {
        // M3 forgets what it has mapped; M4 looks for the device's own.
        if mutant == .m3 { return nil }
        return cookie.pages.firstIndex {
            $0.page == page && (mutant != .m4 || $0.function == function.address)
        }
    }

    /// Chooses an IOVA and maps the page there.
    private func place(
        _ page: PhysicalAddress, in cookie: MSICookie, _ domain: Domain, _ function: PCIFunction
    ) -> IOVA? {
        guard var iova = chooseIOVA(for: page, in: cookie, domain, function) else { return nil }
        if mutant == .m1 { iova = IOVA(rawValue: page.rawValue) }
        // M5: as in 5.3's first release candidates, into the domain of the host's drivers.
        let target = mutant == .m5 ? function.group.defaultDomain ?? domain : domain
        let size = mutant == .m8 ? ByteCount.kibibytes(4) : cookie.granule.bytes
        guard map(target, iova, to: page, size, doorbellAccess) == .none else {
            takeBack(iova, in: cookie)
            return nil
        }
        cookie.pages.append(
            MSICookie.Page(page: page, iova: iova, users: 1, function: function.address))
        return iova
    }

    /// Write only, but iommufd's table lets devices read (`iommufd_sw_msi_install`, 6.15).
    private var doorbellAccess: PageTable.Access {
        traits.generation == .iommufdTable || mutant == .m24
            ? [.read, .write, .device] : [.write, .device]
    }

    /// Puts a doorbell that a group already uses into a domain that the group comes to (6.15).
    func install(_ page: PhysicalAddress, in domain: Domain) {
        guard let cookie = domain.cookie, case .file(let table) = cookie.allocator,
            !cookie.pages.contains(where: { $0.page == page }),
            let iova = iova(of: page, in: table, cookie.granule),
            map(domain, iova, to: page, cookie.granule.bytes, doorbellAccess) == .none
        else { return }
        cookie.pages.append(MSICookie.Page(page: page, iova: iova))
    }

    private func chooseIOVA(
        for page: PhysicalAddress, in cookie: MSICookie, _ domain: Domain, _ function: PCIFunction
    ) -> IOVA? {
        switch cookie.allocator {
        case .linear(let next):
            cookie.allocator = .linear(
                next: IOVA(rawValue: next.rawValue + cookie.granule.bytes.rawValue))
            return mutated(next, cookie.granule)
        case .topDown(var space):
            let iova = takeTopDown(&space, domain, function)
            cookie.allocator = .topDown(space)
            return iova
        case .file(let table): return iova(of: page, in: table, cookie.granule)
        }
    }

    private func iova(
        of page: PhysicalAddress, in table: DoorbellTable, _ granule: Granule
    ) -> IOVA? {
        let place: Int
        if let known = table.pages.firstIndex(of: page) {
            place = known
        } else {
            // `bitmap` of an iommufd's required pages: 64 of them, then -EOVERFLOW (6.15).
            guard table.pages.count < 64 else { return nil }
            place = table.pages.count
            table.pages.append(page)
        }
        let base = Self.softwareWindow.first.rawValue
        return mutated(
            IOVA(rawValue: base + UInt64(place) * granule.bytes.rawValue), granule)
    }

    /// Where the mutants of the window put what belongs to `iova`.
    private func mutated(_ iova: IOVA, _ granule: Granule) -> IOVA {
        let size = granule.bytes.rawValue
        let window = Self.softwareWindow
        switch mutant {
        case .m7:
            leakedPages += 1
            return IOVA(rawValue: window.first.rawValue + (leakedPages - 1) * size)
        case .m9:
            let distance = iova.rawValue - window.first.rawValue
            return IOVA(rawValue: window.last.rawValue + 1 - size - distance)
        case .m10: return IOVA(rawValue: iova.rawValue + size)
        default: return iova
        }
    }

    /// Host drivers are first tried below 4 GiB, as PCI likes it (`iommu_dma_alloc_iova`, 6.1);
    /// the RFC takes the highest that the mask allows.
    private func takeTopDown(
        _ space: inout ReservedSpace, _ domain: Domain, _ function: PCIFunction
    ) -> IOVA? {
        let bits = min(function.description.maskBits, 63)
        let limit = IOVA(rawValue: min((1 << bits) - 1, domain.table.last.rawValue))
        if mutant == .m15 { return space.takeLowest(upTo: limit) }
        let fourGiB = IOVA(rawValue: 0xffff_ffff)
        if domain === function.group.defaultDomain, limit > fourGiB,
            let low = space.takeHighest(upTo: fourGiB)
        {
            return low
        }
        return space.takeHighest(upTo: limit)
    }

    /// After a map that failed: the pointer steps back, the hole is free again.
    private func takeBack(_ iova: IOVA, in cookie: MSICookie) {
        switch cookie.allocator {
        case .linear(let next):
            cookie.allocator = .linear(
                next: IOVA(rawValue: next.rawValue - cookie.granule.bytes.rawValue))
        case .topDown(var space):
            if let range = IOVARange(first: iova, size: cookie.granule.bytes) {
                space.release(range)
            }
            cookie.allocator = .topDown(space)
        case .file: break
        }
    }
}
