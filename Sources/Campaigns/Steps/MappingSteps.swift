// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Evidence
import Vocabulary

extension StepRunner {
    mutating func map(
        in name: ContainerName, at place: Placement, size: Extent, into record: inout StepRecord
    ) async throws {
        let container = try container(name)
        let (iova, bytes) = try resolve(place, size)
        let request = MapMemory(
            container: container.handle, iova: iova, size: bytes, access: [.read, .write])
        _ = try await ask(request, expecting: stage, through: name, into: &record)
    }

    mutating func unmap(
        in name: ContainerName, at place: Placement, size: Extent, into record: inout StepRecord
    ) async throws {
        let container = try container(name)
        let (iova, bytes) = try resolve(place, size)
        let request = UnmapMemory(container: container.handle, iova: iova, size: bytes)
        record.unmapped = try await ask(request, expecting: stage, through: name, into: &record)?
            .size
    }

    private func resolve(
        _ place: Placement, _ size: Extent
    ) throws(StepObstacle) -> (IOVA, ByteCount) {
        guard let iova = place.address(page: pageSize), let bytes = size.size(page: pageSize)
        else {
            throw StepObstacle(
                description: "\(size) at \(place) leaves the 64 bits of an IOVA")
        }
        return (iova, bytes)
    }
}
