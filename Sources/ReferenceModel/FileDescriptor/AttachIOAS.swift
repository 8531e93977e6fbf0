// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension Host {
    /// Follows `VFIO_DEVICE_BIND_IOMMUFD`, then `VFIO_DEVICE_ATTACH_IOMMUFD_PT` with an IOAS
    /// (`iommufd_device_bind`, `iommufd_device_auto_get_domain`, 6.12).
    mutating func attachIOAS(
        _ name: DeviceName, _ address: PCIAddress, to container: ContainerName,
        _ seen: inout StepExpectation
    ) {
        let group = board.group(of: address)
        if let refusal = refusalOfBinding(group, to: container, &seen) {
            seen.outcome = refusal
            return
        }
        if let refusal = joinIOAS(group, of: address, container, &seen) {
            seen.outcome = refusal
            return
        }
        attached[name] = AttachedDevice(address: address, container: container)
        seen.iovaRanges = ranges(of: container)
    }

    private func refusalOfBinding(
        _ group: IOMMUGroup, to container: ContainerName, _ seen: inout StepExpectation
    ) -> Outcome? {
        let descriptor = spaces[container]?.descriptor
        let owner = attached.values.first { board.group(of: $0.address) == group }
            .flatMap { spaces[$0.container]?.descriptor }
        switch InterruptSafety(board: board, rule: design.safety).isSafe(group) {
        case true?: break
        case false? where unsafeInterruptsAllowed: seen.log.append(.interruptsNotSecure)
        case false?: return .refused(calls: [IOMMUFDCall.bind], errno: .notPermitted)
        case nil: return .notPredicted(reason: "which controller serves the group is not known")
        }
        // A group has one owner, the file descriptor (`iommu_device_claim_dma_owner`, 6.12).
        if let owner, owner != descriptor {
            return .refused(calls: [IOMMUFDCall.bind], errno: .busy)
        }
        return nil
    }

    /// Attaches a group's first device, or a further one to where the group is.
    mutating func joinIOAS(
        _ group: IOMMUGroup, of device: PCIAddress, _ name: ContainerName,
        _ seen: inout StepExpectation
    ) -> Outcome? {
        guard let space = spaces[name] else { return nil }
        let elsewhere = spaces.contains { $0.key != name && $0.value.groups.contains(group) }
        if elsewhere { return .refused(calls: [IOMMUFDCall.attach], errno: .invalid) }
        if space.groups.contains(group) { return nil }
        let outside = obstacles(of: [group]).contains(where: space.maps.overlaps)
        if outside || space.maps.ranges.contains(where: { !board.aperture.contains($0) }) {
            return .refused(calls: [IOMMUFDCall.attach], errno: .addressInUse)
        }
        if board.listsBothWindows {
            // `WARN_ON(num_sw_msi && num_hw_msi)` (`iopt_table_enforce_dev_resv_regions`, 6.12).
            seen.log.append(.warning)
            return .refused(calls: [IOMMUFDCall.attach], errno: .invalid)
        }
        let smmu = group.members.min().flatMap(board.smmu)
        if let place = space.domains.firstIndex(where: { $0.smmu == smmu }) {
            spaces[name]?.domains[place].groups.append(group)
            installRequired(by: group, in: name, place, &seen)
            return nil
        }
        // Maps that were made while nothing was asked of their alignment keep the first domain out
        // (`iopt_check_iova_alignment`, 6.12).
        guard space.maps.ranges.allSatisfy(isAlignedInDomain) else {
            return .refused(calls: [IOMMUFDCall.attach], errno: .addressInUse)
        }
        guard case .success(let pages) = newPages(of: .unmanaged, in: space) else { return nil }
        spaces[name]?.domains.insert(
            TranslationDomain(type: .unmanaged, smmu: smmu, groups: [group], doorbells: pages),
            at: 0)
        seen.userMaps = space.maps.ranges
        seen.opensDomain = true
        installRequired(by: group, in: name, 0, &seen)
        return nil
    }

    private func isAlignedInDomain(_ range: IOVARange) -> Bool {
        let mask = mixedGranule.bytes.rawValue - 1
        return range.first.rawValue & mask == 0 && range.last.rawValue & mask == mask
    }
}
