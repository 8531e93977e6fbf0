// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension Host {
    /// Attaches an attached device to another IOAS, which replaces its domain
    /// (`iommufd_device_do_replace`, 6.12).
    ///
    /// The messages stay as they are: whether they still lead anywhere is up to the new domain.
    mutating func move(
        _ name: DeviceName, to container: ContainerName, _ seen: inout StepExpectation
    ) {
        guard design.interface == .iommufd else {
            seen.outcome = .impossible(reason: "only iommufd replaces a device's address space")
            return
        }
        guard let device = attached[name], let old = spaces[device.container] else {
            return isNotAttached(name, &seen)
        }
        guard let new = spaces[container], new.descriptor == old.descriptor else {
            seen.outcome = .impossible(
                reason: "\(container) is not an address space of the same iommufd")
            return
        }
        guard container != device.container else { return }
        replace(name, device, by: container, &seen)
    }

    private mutating func replace(
        _ name: DeviceName, _ device: AttachedDevice, by container: ContainerName,
        _ seen: inout StepExpectation
    ) {
        let group = board.group(of: device.address)
        let before = spaces
        leaveDomain(group, of: device.container, &seen)
        if let refusal = joinIOAS(group, of: device.address, container, &seen) {
            spaces = before
            seen = StepExpectation(index: seen.index, step: seen.step, outcome: refusal)
            return
        }
        for (other, state) in attached where board.group(of: state.address) == group {
            attached[other]?.container = container
            attached[other]?.armed?.isMoved = true
        }
        seen.iovaRanges = ranges(of: container)
    }

    private mutating func leaveDomain(
        _ group: IOMMUGroup, of name: ContainerName, _ seen: inout StepExpectation
    ) {
        guard let place = spaces[name]?.domain(of: group) else { return }
        spaces[name]?.domains[place].groups.removeAll { $0 == group }
        guard spaces[name]?.domains[place].groups.isEmpty == true else { return }
        spaces[name]?.domains.remove(at: place)
        if spaces[name]?.domains.isEmpty == true { spaces[name]?.isOpen = false }
        seen.userUnmaps += spaces[name]?.maps.ranges ?? []
    }
}
