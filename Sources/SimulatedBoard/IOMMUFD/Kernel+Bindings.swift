// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import Vocabulary

extension Kernel {
    /// `iommufd_device_bind()`: safety first, then ownership of the group.
    func bind(_ function: PCIFunction, to file: IOMMUFile) -> KernelErrno {
        if !areInterruptsSafe(for: function.group), mutant != .m14 {
            guard allowsUnsafeInterrupts else { return .notPermitted }
            log.print(
                "vfio-pci \(function.address): MSI interrupts are not secure, they cannot be "
                    + "isolated by the platform. Check that platform features like interrupt "
                    + "remapping are enabled. Use the \"allow_unsafe_interrupts\" module parameter "
                    + "to override", level: 4, at: clock)
        }
        if function.group.domain === function.group.defaultDomain { block(function.group) }
        return .none
    }

    /// `iommufd_device_attach()` to an address space: one of its tables, or a new one.
    func attach(
        _ function: PCIFunction, to space: AddressSpace, of file: IOMMUFile
    ) -> KernelErrno {
        let held = heldTable(of: function.group, in: file)
        // That the group stands elsewhere is asked before its regions are looked at
        // (`iommufd_hw_pagetable_attach`, 6.12).
        if let held, !space.tables.contains(where: { $0 === held }) { return .invalid }
        if hasConflict(function, space) { return .addressInUse }
        for table in space.tables where held == nil || held === table {
            guard canTake(function, table.domain) else { continue }
            if held == nil { enter(function.group, table.domain, file) }
            table.functions.append(function)
            return .none
        }
        // A group that stands in another table cannot be in a new one too.
        guard held == nil else { return .invalid }
        let table = AddressSpace.Table(makeDomain(for: function.group))
        giveFileCookie(to: table.domain, file)
        enter(function.group, table.domain, file)
        // The device is attached before the maps are looked at (`iommufd_hwpt_paging_alloc`).
        if hasMapBeyond(table.domain, space) {
            block(function.group)
            return .addressInUse
        }
        for map in space.maps { _ = fill(table.domain, with: map) }
        table.functions.append(function)
        space.tables.append(table)
        return .none
    }

    private func heldTable(of group: IOMMUGroup, in file: IOMMUFile) -> AddressSpace.Table? {
        file.spaces.flatMap(\.tables).first { $0.functions.contains { $0.group === group } }
    }

    private func hasConflict(_ function: PCIFunction, _ space: AddressSpace) -> Bool {
        reservedRegions(of: function).contains {
            $0.kind != .directRelaxable && space.map(meeting: $0.range) != nil
        }
    }

    /// What was mapped before there was a domain may lie beyond it, or be no multiple of its pages
    /// (`iopt_table_add_domain`, `iopt_check_iova_alignment`, 6.12).
    private func hasMapBeyond(_ domain: Domain, _ space: AddressSpace) -> Bool {
        let mask = domain.table.granule.bytes.rawValue - 1
        return space.maps.contains {
            $0.range.last > domain.table.last
                || ($0.range.first.rawValue | $0.size.rawValue) & mask != 0
        }
    }

    private func canTake(_ function: PCIFunction, _ domain: Domain) -> Bool {
        domain.smmu == nil || domain.smmu == function.description.smmu
    }

    private func giveFileCookie(to domain: Domain, _ file: IOMMUFile) {
        guard !hasHardwareWindow else { return }
        if traits.generation == .iommufdTable {
            domain.cookie = MSICookie(.file(file.doorbells), granule: board.page)
        } else {
            giveLinearCookie(to: domain)
        }
    }

    /// Since 6.15 the doorbells that a group needs are in a domain before the group is
    /// (`iommufd_group_setup_msi`).
    private func enter(_ group: IOMMUGroup, _ domain: Domain, _ file: IOMMUFile) {
        domain.smmu = domain.smmu ?? group.functions.first?.description.smmu
        for page in file.doorbells.required[group.number] ?? [] { install(page, in: domain) }
        _ = attach(group, to: domain)
    }

    /// `iommufd_device_detach()`: the last device of a group empties the table of it, the last of a
    /// table ends it.
    func detach(_ function: PCIFunction, from space: AddressSpace) {
        guard let table = space.table(of: function) else { return }
        table.functions.removeAll { $0 === function }
        if !table.functions.contains(where: { $0.group === function.group }) {
            block(function.group)
        }
        endIfUnused(table, of: space)
    }

    private func endIfUnused(_ table: AddressSpace.Table, of space: AddressSpace) {
        guard table.functions.isEmpty else { return }
        for map in space.maps { unmap(table.domain, map.range.first, map.size) }
        space.tables.removeAll { $0 === table }
    }

    /// `iommufd_device_replace()`: the whole group goes to another address space.
    func replace(
        _ function: PCIFunction, into space: AddressSpace, of file: IOMMUFile
    ) -> KernelErrno {
        guard let old = heldTable(of: function.group, in: file),
            let home = file.spaces.first(where: { $0.tables.contains { $0 === old } })
        else { return .invalid }
        if home === space { return .none }
        let moved = old.functions.filter { $0.group === function.group }
        if moved.contains(where: { hasConflict($0, space) }) { return .addressInUse }
        let fitting = space.tables.first { canTake(function, $0.domain) }
        let table = fitting ?? AddressSpace.Table(makeDomain(for: function.group))
        if fitting == nil {
            if hasMapBeyond(table.domain, space) { return .addressInUse }
            giveFileCookie(to: table.domain, file)
            for map in space.maps { _ = fill(table.domain, with: map) }
            space.tables.append(table)
        }
        enter(function.group, table.domain, file)
        table.functions += moved
        old.functions.removeAll { gone in moved.contains { $0 === gone } }
        endIfUnused(old, of: home)
        return .none
    }
}
