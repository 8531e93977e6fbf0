// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import Vocabulary

extension SimulatedAgent {
    /// The agent maps no more at once: it would endanger a real board.
    private static let largestMapping = ByteCount.mebibytes(256)

    func map(_ name: ContainerName, _ at: Placement, _ size: Extent) throws(Obstacle) {
        let container = try container(name)
        let (iova, bytes) = try resolve(at, size)
        guard bytes <= Self.largestMapping else {
            throw Obstacle(reason: "\(bytes) is beyond the agent's limit of \(Self.largestMapping)")
        }
        call("mmap")
        if container.space != nil { return mapSpace(container, iova, bytes) }
        call("VFIO_IOMMU_MAP_DMA") {
            // Without an IOMMU the container has no such call.
            container.iommu.map { kernel.mapUser($0, iova, bytes) } ?? .invalid
        }
    }

    func unmap(_ name: ContainerName, _ at: Placement, _ size: Extent) throws(Obstacle) {
        let container = try container(name)
        let (iova, bytes) = try resolve(at, size)
        if container.space != nil { return unmapSpace(container, iova, bytes) }
        var unmapped: ByteCount?
        call("VFIO_IOMMU_UNMAP_DMA") {
            guard let iommu = container.iommu else { return .invalid }
            let answer = kernel.unmapUser(iommu, iova, bytes)
            if answer.errno == .none { unmapped = answer.unmapped }
            return answer.errno
        }
        record.unmapped = unmapped
    }

    /// `VFIO_IOMMU_MAP_DMA` with `VFIO_DMA_MAP_FLAG_RESERVED_MSI_IOVA`; kernels that do not know
    /// the flag refuse it.
    func window(_ name: ContainerName, _ at: Placement, _ size: Extent) throws(Obstacle) {
        let container = try container(name)
        let (iova, bytes) = try resolve(at, size)
        guard !kernel.traits.usesIOMMUFD else {
            throw Obstacle(reason: "iommufd has no windows that users give")
        }
        call("VFIO_IOMMU_MAP_DMA") {
            guard kernel.traits.generation == .userWindow else { return .invalid }
            return container.iommu.map { kernel.registerWindow($0, iova, bytes) } ?? .invalid
        }
    }

    func resolve(
        _ place: Placement, _ size: Extent
    ) throws(Obstacle) -> (IOVA, ByteCount) {
        let page = kernel.board.page
        guard let iova = place.address(page: page), let bytes = size.size(page: page) else {
            throw Obstacle(reason: "\(size) at \(place) leaves the 64 bits of an IOVA")
        }
        return (iova, bytes)
    }
}
