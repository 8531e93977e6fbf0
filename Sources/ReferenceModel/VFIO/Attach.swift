// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension TypeOneHost {
    /// Follows `vfio_iommu_type1_attach_group` (6.1): regions, then safety, then the domain.
    mutating func attach(
        _ name: DeviceName, to container: ContainerName, _ seen: inout StepExpectation
    ) {
        guard let address = devices[name], let target = containers[container],
            attached[name] == nil
        else {
            seen.outcome = .impossible(reason: whyNotAttachable(name, container))
            return
        }
        let group = board.group(of: address)
        if target.groups.contains(group) {
            return open(name, address, in: container, &seen)
        }
        guard !containers.values.contains(where: { $0.groups.contains(group) }) else {
            seen.outcome = .refused(calls: ["open"], errno: .busy)
            return
        }
        if let refusal = refusal(of: group, by: target) {
            seen.outcome = refusal
            return
        }
        join(group, container, &seen)
        open(name, address, in: container, &seen)
    }

    private func whyNotAttachable(_ name: DeviceName, _ container: ContainerName) -> String {
        if devices[name] == nil { return "the board has no device \(name)" }
        return attached[name] == nil
            ? "container \(container) is not open" : "device \(name) is attached already"
    }

    /// The first group is attached by `VFIO_SET_IOMMU`, later ones by `VFIO_GROUP_SET_CONTAINER`.
    private func refusal(of group: IOMMUGroup, by container: Container) -> Outcome? {
        let call = container.groups.isEmpty ? VFIOCall.setIOMMU : VFIOCall.setContainer
        if rules.keepsWindowFree, reservedRegions.contains(where: container.maps.overlaps) {
            return .refused(calls: [call], errno: .invalid)
        }
        if unsafeInterruptsAllowed { return nil }
        let safety = InterruptSafety(
            board: board, perGroupSince: parameters.isolationPerGroupSince)
        switch safety.isSafe(group) {
        case true?: return nil
        case false?: return .refused(calls: [call], errno: .notPermitted)
        case nil: return .notPredicted(reason: "which doorbell the group rings is not known")
        }
    }

    private mutating func join(
        _ group: IOMMUGroup, _ name: ContainerName, _ seen: inout StepExpectation
    ) {
        seen.opensDomain = containers[name]?.groups.isEmpty ?? false
        containers[name]?.groups.append(group)
        if seen.opensDomain {
            containers[name]?.cookie = MSICookie(
                base: parameters.window.base, granule: board.pageSize)
        }
    }

    private mutating func open(
        _ name: DeviceName, _ address: PCIAddress, in container: ContainerName,
        _ seen: inout StepExpectation
    ) {
        attached[name] = AttachedDevice(address: address, container: container)
        seen.iovaRanges = iovaRanges
    }
}
