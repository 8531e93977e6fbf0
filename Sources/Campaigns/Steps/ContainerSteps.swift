// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Evidence
import Passthrough
import Vocabulary

extension StepRunner {
    mutating func open(_ name: ContainerName, into record: inout StepRecord) async throws {
        guard let opened = try await ask(OpenContainer(), into: &record) else { return }
        stage.containers[name] = Stage.Container(handle: opened.container)
    }

    /// Closes devices, groups and the container, in the order that the kernel wants.
    mutating func close(_ name: ContainerName, into record: inout StepRecord) async throws {
        let container = try container(name)
        for device in stage.devices.values where device.container == name {
            _ = try await ask(CloseDevice(device: device.handle), into: &record)
        }
        for group in container.groups.values {
            _ = try await ask(CloseGroup(group: group), into: &record)
        }
        _ = try await ask(CloseContainer(container: container.handle), into: &record)
        stage.forget(name)
    }

    /// Puts the device's group into the container, sets the IOMMU type if it is the first one, and
    /// opens the device; stops at the first call that the kernel refuses.
    mutating func attach(
        _ name: DeviceName, to containerName: ContainerName, into record: inout StepRecord
    ) async throws {
        _ = try container(containerName)
        guard let taken = stage.taken[name] else { throw StepObstacle.notAttached(name) }
        let number = GroupNumber(rawValue: taken.group)
        guard let group = try await enter(number, containerName, into: &record) else { return }
        let request = OpenDevice(group: group, address: taken.address)
        guard let opened = try await ask(request, into: &record) else { return }
        stage.devices[name] = Stage.Device(
            handle: opened.device, group: group, container: containerName)
        try await readRanges(of: containerName, into: &record)
    }

    /// Opens a group and puts it into the container, unless a device of it is there already.
    private mutating func enter(
        _ number: GroupNumber, _ name: ContainerName, into record: inout StepRecord
    ) async throws -> GroupHandle? {
        let container = try container(name)
        if let group = container.groups[number] { return group }
        guard let group = try await ask(OpenGroup(number: number), into: &record)?.group else {
            return nil
        }
        let request = AttachGroup(container: container.handle, group: group)
        guard try await ask(request, into: &record) != nil,
            try await giveIOMMU(to: name, into: &record)
        else {
            // As a real user of VFIO would: a group that is of no use is closed again.
            _ = try await ask(CloseGroup(group: group), into: &record)
            return nil
        }
        stage.containers[name]?.groups[number] = group
        return group
    }

    private mutating func giveIOMMU(
        to name: ContainerName, into record: inout StepRecord
    ) async throws -> Bool {
        let container = try container(name)
        guard !container.hasIOMMU else { return true }
        let request = SetIOMMU(container: container.handle, backEnd: .type1v2)
        guard try await ask(request, into: &record) != nil else { return false }
        stage.containers[name]?.hasIOMMU = true
        return true
    }

    private func readRanges(
        of name: ContainerName, into record: inout StepRecord
    ) async throws {
        let request = GetContainerInfo(container: try container(name).handle)
        guard let info = try await ask(request, into: &record) else { return }
        record.iovaRanges = info.ranges
        record.pageSizes = info.pageSizes
    }

    mutating func detach(_ name: DeviceName, into record: inout StepRecord) async throws {
        let device = try device(name)
        let container = try container(device.container)
        _ = try await ask(CloseDevice(device: device.handle), into: &record)
        stage.devices[name] = nil
        guard !stage.devices.values.contains(where: { $0.group == device.group }) else { return }
        _ = try await ask(CloseGroup(group: device.group), into: &record)
        stage.containers[device.container]?.groups = container.groups.filter {
            $0.value != device.group
        }
        if stage.containers[device.container]?.groups.isEmpty == true {
            // The kernel drops the IOMMU with the last group (drivers/vfio/container.c, 6.1).
            stage.containers[device.container]?.hasIOMMU = false
        } else {
            try await readRanges(of: device.container, into: &record)
        }
    }
}
