// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension Host {
    /// Closes a device; its group leaves with the last of its devices.
    mutating func detach(_ name: DeviceName, _ seen: inout StepExpectation) {
        if design.interface == .hostDriver { return seen.nobodyAssigns() }
        guard let device = attached[name] else { return isNotAttached(name, &seen) }
        disconnect(name, &seen)
        attached[name] = nil
        leave(device, &seen)
        seen.iovaRanges = ranges(of: device.container)
    }

    /// Closes a container with all that is in it; killing who holds it does the same.
    mutating func close(_ name: ContainerName, _ seen: inout StepExpectation) {
        if design.interface == .hostDriver { return seen.nobodyAssigns() }
        guard spaces[name] != nil else {
            seen.outcome = .impossible(reason: "container \(name) is not open")
            return
        }
        let inside = attached.filter { $0.value.container == name }
        for (device, state) in inside.sorted(by: { $0.key < $1.key }) {
            disconnect(device, &seen)
            attached[device] = nil
            leave(state, &seen)
        }
        // A group stays in without a device that is open where none could be opened.
        for group in spaces[name]?.groups ?? [] { leave(group, name, &seen) }
        spaces[name] = nil
    }

    /// A group leaves with the last of its devices.
    private mutating func leave(_ device: AttachedDevice, _ seen: inout StepExpectation) {
        let group = board.group(of: device.address)
        let isShared = attached.values.contains {
            $0.container == device.container && board.group(of: $0.address) == group
        }
        if let descriptor = spaces[device.container]?.descriptor {
            forgetRequired(by: group, on: descriptor)
        }
        if !isShared { leave(group, device.container, &seen) }
    }

    /// Follows `vfio_iommu_type1_detach_group` (6.1): a domain goes with its last group, and what
    /// the user mapped with the last domain; of iommufd, what was in the domain.
    private mutating func leave(
        _ group: IOMMUGroup, _ container: ContainerName, _ seen: inout StepExpectation
    ) {
        guard let place = spaces[container]?.domain(of: group) else { return }
        spaces[container]?.domains[place].groups.removeAll { $0 == group }
        guard let space = spaces[container], space.domains[place].groups.isEmpty else { return }
        spaces[container]?.domains.remove(at: place)
        if space.domains.count == 1 { spaces[container]?.isOpen = false }
        if design.interface == .iommufd {
            // Each area is taken out of the page table that goes (`iopt_unfill_domain`, 6.12).
            seen.userUnmaps += space.maps.ranges
        } else if space.domains.count == 1 {
            seen.userUnmaps += spaces[container]?.maps.removeAll() ?? []
            spaces[container]?.windows = []
        }
    }
}
