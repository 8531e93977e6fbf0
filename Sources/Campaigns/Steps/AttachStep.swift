// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Boards
import Evidence
import Passthrough
import Vocabulary

extension StepRunner {
    /// Puts the device's group into the container, sets the IOMMU type if it is the first one, and
    /// opens the device; stops at the first call that the kernel refuses.
    mutating func attach(
        _ name: DeviceName, to containerName: ContainerName, into record: inout StepRecord
    ) async throws {
        let container = try container(containerName)
        try await takeAgain(name)
        guard let taken = stage.taken[name] else { throw StepObstacle.notAttached(name) }
        let number = GroupNumber(rawValue: taken.group)
        let known = container.groups[number]
        var flight = AgentFlight()
        let entry = known == nil ? GroupEntry(number, container, &flight) : nil
        let opening = flight.addLink(
            OpenDevice(group: known ?? .newest, address: taken.address))
        let info = flight.addLink(GetContainerInfo(container: container.handle))
        // Group evidence does not depend on what is open.
        let replies = await fly(
            flight, expecting: stage, through: containerName, for: record)
        var group = known
        if let entry {
            group = try await settle(entry, number, containerName, replies, into: &record)
        }
        guard let group, let opened = try note(opening, in: replies, into: &record) else { return }
        stage.devices[name] = Stage.Device(
            handle: opened.device, group: group, container: containerName,
            holder: holders.agents[containerName] == nil ? nil : containerName,
            vectors: opened.vectors)
        record.take(try note(info, in: replies, into: &record))
    }

    /// Enters into the books that a group is in its container, or closes it where it is of no use,
    /// as a real user of VFIO would.
    private mutating func settle(
        _ entry: GroupEntry, _ number: GroupNumber, _ name: ContainerName,
        _ replies: AgentReplies, into record: inout StepRecord
    ) async throws -> GroupHandle? {
        guard let group = try note(entry.opening, in: replies, into: &record)?.group else {
            return nil
        }
        var isIn = try note(entry.attaching, in: replies, into: &record) != nil
        if isIn, let typing = entry.typing {
            isIn = try note(typing, in: replies, into: &record) != nil
        }
        guard isIn else {
            _ = try await ask(
                CloseGroup(group: group), expecting: stage, through: name, into: &record)
            return nil
        }
        stage.containers[name]?.hasIOMMU = true
        stage.containers[name]?.groups[number] = group
        return group
    }
}

/// The requests that open a group and put it into a container that does not have it yet.
private struct GroupEntry {
    let opening: AgentFlight.Ticket<OpenGroup>
    let attaching: AgentFlight.Ticket<AttachGroup>
    /// Nothing where the container has its IOMMU type already.
    let typing: AgentFlight.Ticket<SetIOMMU>?

    init(_ number: GroupNumber, _ container: Stage.Container, _ flight: inout AgentFlight) {
        opening = flight.addLink(OpenGroup(number: number))
        attaching = flight.addLink(AttachGroup(container: container.handle, group: .newest))
        let request = SetIOMMU(container: container.handle, backEnd: .type1v2)
        typing = container.hasIOMMU ? nil : flight.addLink(request)
    }
}

extension OpenedDevice {
    /// How many vectors of each kind there are.
    fileprivate var vectors: [InterruptKind: UInt32] {
        Dictionary(
            interrupts.compactMap { info in
                InterruptKind(rawValue: info.index).map { ($0, info.count) }
            }, uniquingKeysWith: { first, _ in first })
    }
}
