// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Boards
import Evidence
import Passthrough
import Vocabulary

extension StepRunner {
    mutating func open(_ name: ContainerName, into record: inout StepRecord) async throws {
        if holders.doomed.contains(name) { try await holders.start(for: name) }
        let opened = try await ask(
            OpenContainer(), expecting: stage, through: name, into: &record)
        guard let opened else { return }
        stage.containers[name] = Stage.Container(handle: opened.container)
    }

    /// Closes devices, groups and the container, in the order that the kernel wants.
    mutating func close(_ name: ContainerName, into record: inout StepRecord) async throws {
        let container = try container(name)
        var flight = AgentFlight()
        let devices = stage.devices.filter { $0.value.container == name }
            .sorted { $0.key < $1.key }
            .map { flight.addLink(CloseDevice(device: $0.value.handle)) }
        let groups = container.groups.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { flight.addLink(CloseGroup(group: $0.value)) }
        let last = flight.addLink(CloseContainer(container: container.handle))
        var expected = stage
        expected.forget(name)
        let replies = await fly(flight, expecting: expected, through: name, for: record)
        for ticket in devices { _ = try note(ticket, in: replies, into: &record) }
        for ticket in groups { _ = try note(ticket, in: replies, into: &record) }
        _ = try note(last, in: replies, into: &record)
        stage.forget(name)
        await holders.release(name)
    }

    mutating func detach(_ name: DeviceName, into record: inout StepRecord) async throws {
        let device = try device(name)
        var expected = stage
        expected.devices[name] = nil
        let isLast = !expected.devices.values.contains { $0.group == device.group }
        if isLast { expected.forget(device.group, in: device.container) }
        let stays = expected.containers[device.container]?.groups.isEmpty == false
        var flight = AgentFlight()
        let closing = flight.addLink(CloseDevice(device: device.handle))
        let leaving = isLast ? flight.addLink(CloseGroup(group: device.group)) : nil
        let request = GetContainerInfo(container: try container(device.container).handle)
        let info = isLast && stays ? flight.addLink(request) : nil
        let replies = await fly(
            flight, expecting: expected, through: device.container, for: record)
        _ = try note(closing, in: replies, into: &record)
        stage.devices[name] = nil
        guard let leaving else { return }
        _ = try note(leaving, in: replies, into: &record)
        stage = expected
        if let info { record.take(try note(info, in: replies, into: &record)) }
    }
}

extension AgentFlight {
    /// Adds a request that is carried out only if the one before it, where there is one, succeeded.
    mutating func addLink<Request: AgentRequest>(_ request: Request) -> Ticket<Request> {
        add(request, onlyAfterSuccess: !isEmpty)
    }
}

extension StepRecord {
    /// Keeps what a container says of itself.
    mutating func take(_ info: ContainerInfo?) {
        guard let info else { return }
        iovaRanges = info.ranges
        pageSizes = info.pageSizes
    }
}
