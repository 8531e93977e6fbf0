// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import Vocabulary

extension SimulatedAgent {
    func openSpace(_ name: ContainerName, beside other: ContainerName?) throws(Obstacle) {
        let container: Container
        if let other {
            let first = try self.container(other)
            container = Container(name, process: first.process)
            container.file = first.file
        } else {
            container = Container(name, process: holder(of: name))
            kernel.process = container.process
            container.file = IOMMUFile()
            call("open", result: freshDescriptor())
        }
        let space = AddressSpace()
        container.file?.spaces.append(space)
        container.space = space
        containers[name] = container
        call("IOMMU_IOAS_ALLOC")
    }

    func attachSpace(_ name: DeviceName, _ function: PCIFunction, _ container: Container) {
        guard let space = container.space, let file = container.file else { return }
        call("open", result: freshDescriptor())
        let isForeign = isOwnedElsewhere(function.group, by: file)
        let bound = call("VFIO_DEVICE_BIND_IOMMUFD") {
            guard !isForeign else { return .busy }
            let errno = kernel.bind(function, to: file)
            if errno == .none { kernel.openDevice(function) }
            return errno
        }
        guard bound == .none else {
            call("close")
            return
        }
        describe(function)
        let joined = call("VFIO_DEVICE_ATTACH_IOMMUFD_PT") {
            kernel.attach(function, to: space, of: file)
        }
        guard joined == .none else {
            call("close") {
                release(function.group, file)
                return .none
            }
            return
        }
        attached[name] = container
        readRanges(container)
    }

    /// Whether another file has a device of the group: a group has one owner.
    private func isOwnedElsewhere(_ group: IOMMUGroup, by file: IOMMUFile) -> Bool {
        attached.contains { name, container in
            functions[name]?.group === group && container.file !== file
        }
    }

    private func release(_ group: IOMMUGroup, _ file: IOMMUFile) {
        let isHeld = attached.contains { name, _ in functions[name]?.group === group }
        guard !isHeld else { return }
        file.doorbells.required[group.number] = nil
        kernel.releaseOwnership(of: group)
    }

    func readRanges(_ container: Container) {
        guard let space = container.space else { return }
        call("IOMMU_IOAS_IOVA_RANGES")
        record.iovaRanges = kernel.ranges(of: space)
    }

    func detachSpace(_ function: PCIFunction, _ space: AddressSpace) {
        call("VFIO_DEVICE_DETACH_IOMMUFD_PT") {
            kernel.detach(function, from: space)
            return .none
        }
    }

    /// What is left to do when the descriptor of a device has been closed.
    func forgetDevice(_ name: DeviceName, _ function: PCIFunction) {
        guard let file = attached.removeValue(forKey: name)?.file else { return }
        release(function.group, file)
    }

    /// The last address space of a file closes the file.
    func closeSpace(_ container: Container) {
        guard let space = container.space, let file = container.file else { return }
        call("IOMMU_DESTROY")
        file.spaces.removeAll { $0 === space }
        if file.spaces.isEmpty { call("close") }
    }

    func mapSpace(_ container: Container, _ iova: IOVA, _ size: ByteCount) {
        call("IOMMU_IOAS_MAP") {
            container.space.map { kernel.mapSpace($0, iova, size) } ?? .invalid
        }
    }

    func unmapSpace(_ container: Container, _ iova: IOVA, _ size: ByteCount) {
        var unmapped: ByteCount?
        call("IOMMU_IOAS_UNMAP") {
            guard let space = container.space else { return .invalid }
            let answer = kernel.unmapSpace(space, iova, size)
            if answer.errno == .none { unmapped = answer.unmapped }
            return answer.errno
        }
        record.unmapped = unmapped
    }

    func move(_ name: DeviceName, to place: ContainerName) throws(Obstacle) {
        let container = try container(place)
        let function = try device(name)
        guard let space = container.space, let file = container.file else {
            throw Obstacle(reason: "a device leaves a VFIO container only by being closed")
        }
        guard attached[name]?.file === file else {
            throw Obstacle(reason: "'\(place)' is not on the file that has device '\(name)'")
        }
        let moved = call("VFIO_DEVICE_ATTACH_IOMMUFD_PT") {
            kernel.replace(function, into: space, of: file)
        }
        guard moved == .none else { return }
        for (other, peer) in devices where peer.group === function.group && attached[other] != nil {
            attached[other] = container
        }
        readRanges(container)
    }
}
