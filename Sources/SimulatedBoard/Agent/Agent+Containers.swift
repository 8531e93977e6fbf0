// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import Vocabulary

extension SimulatedAgent {
    func open(_ name: ContainerName, beside other: ContainerName?) throws(Obstacle) {
        guard containers[name] == nil else {
            throw Obstacle(reason: "container '\(name)' is open already")
        }
        if kernel.traits.usesIOMMUFD { return try openSpace(name, beside: other) }
        guard other == nil else {
            throw Obstacle(reason: "a VFIO container has one address space only")
        }
        let container = Container(name, process: holder(of: name))
        kernel.process = container.process
        containers[name] = container
        call("open", result: freshDescriptor())
        call("VFIO_GET_API_VERSION")
    }

    /// Group into container, IOMMU where it is the first, device opened; stops at a refusal.
    func attach(_ name: DeviceName, to place: ContainerName) throws(Obstacle) {
        let container = try container(place)
        guard let function = functions[name] else {
            throw Obstacle(reason: "device '\(name)' is not on the board")
        }
        guard attached[name] == nil else {
            throw Obstacle(reason: "device '\(name)' is attached already")
        }
        try needsSlot(name, function)
        takeBack(name, function)
        if container.space != nil { return attachSpace(name, function, container) }
        guard enter(function.group, container) else { return }
        let opened = call("VFIO_GROUP_GET_DEVICE_FD", result: freshDescriptor()) {
            // A group whose domain nobody claims is looked through for drivers here (5.10).
            if function.group.functions.contains(where: \.hasHostDriver) { return .invalid }
            kernel.openDevice(function)
            return .none
        }
        guard opened == .none else { return }
        attached[name] = container
        describe(function)
        readInformation(container)
    }

    /// What the agent asks of a device that it has opened.
    func describe(_ function: PCIFunction) {
        call("VFIO_DEVICE_GET_INFO")
        for region in 0..<9 {
            call("VFIO_DEVICE_GET_REGION_INFO") { region == 8 ? .invalid : .none }
        }
        let kinds = [
            true, function.description.msiVectors > 0, function.description.msixVectors > 0,
        ]
        for index in 0..<5 {
            let hasKind = index < 3 ? kinds[index] : index == 4
            call("VFIO_DEVICE_GET_IRQ_INFO") { hasKind ? .none : .invalid }
        }
    }

    private func enter(_ group: IOMMUGroup, _ container: Container) -> Bool {
        if container.groups.contains(where: { $0 === group }) { return true }
        let isHeld = containers.values.contains { $0.groups.contains { $0 === group } }
        let opened = call("open", result: freshDescriptor()) { isHeld ? .busy : .none }
        guard opened == .none else { return false }
        call("VFIO_GROUP_GET_STATUS")
        guard join(group, container) else {
            call("close") {
                kernel.releaseOwnership(of: group)
                return .none
            }
            return false
        }
        container.groups.append(group)
        return true
    }

    /// `VFIO_GROUP_SET_CONTAINER` attaches at once where the container has an IOMMU already.
    private func join(_ group: IOMMUGroup, _ container: Container) -> Bool {
        let joined = call("VFIO_GROUP_SET_CONTAINER") {
            if kernel.traits.claimsOwnership {
                if group.functions.contains(where: \.hasHostDriver) { return .notPermitted }
                kernel.block(group)
            }
            return container.iommu.map { kernel.attachGroup(group, to: $0) } ?? .none
        }
        guard joined == .none, container.iommu == nil else { return joined == .none }
        let iommu = TypeOne()
        let set = call("VFIO_SET_IOMMU") { kernel.attachGroup(group, to: iommu) }
        if set == .none { container.iommu = iommu }
        return set == .none
    }

    func readInformation(_ container: Container) {
        guard let iommu = container.iommu else { return }
        call("VFIO_IOMMU_GET_INFO")
        if kernel.traits.hasRangeList { call("VFIO_IOMMU_GET_INFO") }
        record.iovaRanges = kernel.traits.hasRangeList ? kernel.ranges(of: iommu) : []
        record.pageSizes = kernel.pageSizes(of: iommu)
    }

    func detach(_ name: DeviceName) throws(Obstacle) {
        let function = try device(name)
        guard let container = attached[name] else { return }
        closeDevice(name, function)
        if container.space != nil { return }
        guard !attached.keys.contains(where: { functions[$0]?.group === function.group }) else {
            return
        }
        closeGroup(function.group, container)
        if !container.groups.isEmpty { readInformation(container) }
    }

    private func closeGroup(_ group: IOMMUGroup, _ container: Container) {
        call("close") {
            if let iommu = container.iommu { kernel.detachGroup(group, from: iommu) }
            kernel.releaseOwnership(of: group)
            return .none
        }
        container.groups.removeAll { $0 === group }
        // The IOMMU goes with the last group (drivers/vfio/container.c, 6.1).
        if container.groups.isEmpty { container.iommu = nil }
    }

    /// Disarms a device and closes it.
    func closeDevice(_ name: DeviceName, _ function: PCIFunction) {
        if function.kind != nil {
            call("VFIO_DEVICE_SET_IRQS") {
                kernel.freeVectors(function)
                return .none
            }
        }
        if let space = attached[name]?.space { detachSpace(function, space) }
        call("close") {
            kernel.closeDevice(function)
            forgetDevice(name, function)
            if function.isLeaving { kernel.remove(function) }
            return .none
        }
    }

    func close(_ name: ContainerName) throws(Obstacle) {
        let container = try container(name)
        empty(container)
        containers[name] = nil
        if container.space != nil { return closeSpace(container) }
        call("close")
    }

    /// Closes devices, then groups, of a container.
    func empty(_ container: Container) {
        for (name, function) in devices where attached[name] === container {
            closeDevice(name, function)
        }
        for group in container.groups { closeGroup(group, container) }
    }

    /// The kernel closes all that a dead process held; no call of the agent's is in that.
    func kill(_ name: ContainerName) throws(Obstacle) {
        let container = try container(name)
        let kept = record.calls
        let doomed = containers.values.filter {
            $0 === container || (container.file != nil && $0.file === container.file)
        }
        for dead in doomed.sorted(by: { $0.name < $1.name }) {
            empty(dead)
            containers[dead.name] = nil
            if dead.space != nil { closeSpace(dead) }
        }
        record.calls = kept
    }
}
