// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Vocabulary

extension Agent {
    func closeDevice(_ request: CloseDevice) throws(Trouble) -> Done {
        let held = try device(request.device)
        disarm(held)
        close(held)
        return Done()
    }

    func closeGroup(_ request: CloseGroup) throws(Trouble) -> Done {
        let held = try group(request.group)
        guard !devices.contains(where: { $0.group === held }) else {
            throw .refused(.wrongState(.stillInUse))
        }
        close(held)
        return Done()
    }

    func closeContainer(_ request: CloseContainer) throws(Trouble) -> Done {
        let held = try container(request.container)
        guard !groups.contains(where: { $0.container === held }) else {
            throw .refused(.wrongState(.stillInUse))
        }
        close(held)
        return Done()
    }

    func releaseAll(_ request: ReleaseAll) throws(Trouble) -> Done {
        releaseEverything()
        return Done()
    }

    /// Gives everything back from the inside out; a failing call is recorded and does not stop it.
    func releaseEverything() {
        for held in devices { disarm(held) }
        for held in containers { unmapEverything(held) }
        for held in devices { close(held) }
        for held in groups { close(held) }
        for held in containers { close(held) }
    }

    private func disarm(_ held: HeldDevice) {
        held.stopQueues()
        for vectors in held.armed {
            var set: [UInt32] = [
                20, IRQSet.dataNone | IRQSet.actionTrigger, vectors.kind.rawValue, 0, 0,
            ]
            log.attempt(.deviceSetIRQs, UInt64(vectors.kind.rawValue)) {
                Int(board_ioctl(held.descriptor, board_set_irqs(), &set))
            }
            vectors.close()
        }
        held.armed = []
    }

    private func unmapEverything(_ held: HeldContainer) {
        for mapping in held.mappings {
            var unmap = vfio_iommu_type1_dma_unmap()
            unmap.argsz = 24
            unmap.iova = mapping.iova.rawValue
            unmap.size = mapping.size.rawValue
            log.attempt(.iommuUnmapDMA, unmap.iova) {
                Int(board_ioctl(held.descriptor, board_unmap_dma(), &unmap))
            }
        }
    }

    private func close(_ held: HeldDevice) {
        for window in held.windows { munmap(window.base, window.length) }
        log.attempt(.close) { Int(CBoard.close(held.descriptor)) }
        devices.removeAll { $0 === held }
    }

    private func close(_ held: HeldGroup) {
        log.attempt(.close, UInt64(held.number.rawValue)) { Int(CBoard.close(held.descriptor)) }
        groups.removeAll { $0 === held }
        if let container = held.container { forgetMappings(ofEmpty: container) }
    }

    /// The kernel drops the IOMMU, and every mapping, with a container's last group
    /// (`vfio_group_detach_container`, drivers/vfio/container.c, 6.1).
    func forgetMappings(ofEmpty container: HeldContainer) {
        guard !groups.contains(where: { $0.container === container }) else { return }
        container.freeMappings { _ in true }
    }

    private func close(_ held: HeldContainer) {
        log.attempt(.close) { Int(CBoard.close(held.descriptor)) }
        // Only now: until the container is closed a device may still reach the memory.
        held.freeMappings { _ in true }
        containers.removeAll { $0 === held }
    }
}
