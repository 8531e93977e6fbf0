// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension Host {
    /// Gives a device's group to a container or IOAS, and opens the device.
    mutating func attach(
        _ name: DeviceName, to container: ContainerName, _ seen: inout StepExpectation
    ) {
        if design.interface == .hostDriver { return seen.nobodyAssigns() }
        guard let address = devices[name], let target = spaces[container], attached[name] == nil
        else {
            seen.outcome = .impossible(reason: whyNotAttachable(name, container))
            return
        }
        guard !unplugged.contains(name) else {
            seen.outcome = .impossible(reason: "device \(name) is not in its slot")
            return
        }
        hosted.remove(name)
        if design.interface == .iommufd {
            return attachIOAS(name, address, to: container, &seen)
        }
        let group = board.group(of: address)
        if !target.groups.contains(group) {
            guard !spaces.values.contains(where: { $0.groups.contains(group) }) else {
                // A group is in one container: its file is open already (`vfio_group_fops_open`).
                return seen.refuse("open", .busy)
            }
            if hasHostDriver(group), claimsGroups {
                return seen.refuse(VFIOCall.setContainer, .notPermitted)
            }
            if let refusal = join(group, container, &seen) {
                seen.outcome = refusal
                return
            }
        }
        if hasHostDriver(group) { return seen.refuse(VFIOCall.getDevice, .invalid) }
        attached[name] = AttachedDevice(address: address, container: container)
        seen.iovaRanges = ranges(of: container)
    }

    private func whyNotAttachable(_ name: DeviceName, _ container: ContainerName) -> String {
        if devices[name] == nil { return "the board has no device \(name)" }
        return attached[name] == nil
            ? "container \(container) is not open" : "device \(name) is attached already"
    }

    /// Follows `vfio_iommu_type1_attach_group` (4.8, 6.1): the domain, the regions, safety, then a
    /// domain that is there already or a new one with its probe, its replayed maps, its cookie.
    ///
    /// The first group is attached by `VFIO_SET_IOMMU`, later ones by `VFIO_GROUP_SET_CONTAINER`.
    private mutating func join(
        _ group: IOMMUGroup, _ name: ContainerName, _ seen: inout StepExpectation
    ) -> Outcome? {
        guard let space = spaces[name] else { return nil }
        let call = space.groups.isEmpty ? VFIOCall.setIOMMU : VFIOCall.setContainer
        let type = design.doorbells == .mixed ? design.series.allocatedType : .unmanaged
        guard design.doorbells != .mixed || design.series.smmuAllocates.contains(type) else {
            return .refused(calls: [call], errno: .inputOutput)
        }
        if obstacles(of: [group]).contains(where: space.maps.overlaps) {
            return .refused(calls: [call], errno: .invalid)
        }
        if let refusal = refusalAsUnsafe(group, call) {
            if case .refused = refusal { seen.log.append(.noInterruptRemapping) }
            return refusal
        }
        let smmu = group.members.min().flatMap(board.smmu)
        if let place = space.domains.firstIndex(where: { $0.smmu == smmu }) {
            spaces[name]?.domains[place].groups.append(group)
            return nil
        }
        return makeDomain(of: type, behind: smmu, for: group, in: name, call, &seen)
    }

    private func refusalAsUnsafe(_ group: IOMMUGroup, _ call: String) -> Outcome? {
        if unsafeInterruptsAllowed { return nil }
        switch InterruptSafety(board: board, rule: design.safety).isSafe(group) {
        case true?: return nil
        case false?: return .refused(calls: [call], errno: .notPermitted)
        case nil: return .notPredicted(reason: "which controller serves the group is not known")
        }
    }
}
