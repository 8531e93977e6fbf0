// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Vocabulary

extension Agent {
    func openContainer(_ request: OpenContainer) throws(Trouble) -> OpenedContainer {
        let descriptor = Int32(try log.make(.open) { Int(board_open("/dev/vfio/vfio")) })
        let held = HeldContainer(
            handle: ContainerHandle(rawValue: freshHandle()), descriptor: descriptor)
        containers.append(held)
        let version = try log.make(.getAPIVersion) {
            Int(board_ioctl_number(descriptor, board_get_api_version(), 0))
        }
        return OpenedContainer(container: held.handle, apiVersion: Int32(version))
    }

    func setIOMMU(_ request: SetIOMMU) throws(Trouble) -> Done {
        let held = try container(request.container)
        let backEnd = UInt(request.backEnd.rawValue)
        _ = try log.make(.setIOMMU, UInt64(backEnd)) {
            Int(board_ioctl_number(held.descriptor, board_set_iommu(), backEnd))
        }
        return Done()
    }

    func containerInfo(_ request: GetContainerInfo) throws(Trouble) -> ContainerInfo {
        let held = try container(request.container)
        let answer = try wholeAnswer(.iommuGetInfo, head: 24) { answer in
            answer.ioctl(held.descriptor, board_iommu_get_info())
        }
        let flags = answer.word(4)
        // VFIO_IOMMU_INFO_PGSIZES is bit 0, VFIO_IOMMU_INFO_CAPS bit 1 (vfio.h, 6.1).
        let first = flags & 2 != 0 ? Int(answer.word(16)) : 0
        return ContainerInfo(
            flags: flags, pageSizes: flags & 1 != 0 ? answer.long(8) : 0,
            ranges: answer.ranges(from: first), mappingsLeft: answer.mappingsLeft(from: first),
            raw: answer.bytes)
    }

    /// Asks twice when the kernel says in `argsz` that its answer is longer than its head.
    func wholeAnswer(
        _ call: KernelCall, argument: UInt32 = 0, head: Int, _ body: (inout Answer) -> Int
    ) throws(Trouble) -> Answer {
        var answer = Answer(length: head)
        answer.set(8, argument)
        _ = try log.make(call, UInt64(argument)) { body(&answer) }
        let wanted = Int(answer.word(0))
        guard wanted > head, wanted <= 1 << 16 else { return answer }
        answer = Answer(length: wanted)
        answer.set(8, argument)
        _ = try log.make(call, UInt64(argument)) { body(&answer) }
        return answer
    }
}

extension Answer {
    /// `VFIO_IOMMU_TYPE1_INFO_CAP_IOVA_RANGE`, 1: a count, then inclusive pairs.
    fileprivate func ranges(from first: Int) -> [IOVARange] {
        guard let start = capability(1, from: first) else { return [] }
        var ranges: [IOVARange] = []
        for index in 0..<Int(word(start + 8)) {
            let offset = start + 16 + 16 * index
            guard offset + 16 <= bytes.count,
                let range = IOVARange(
                    first: IOVA(rawValue: long(offset)), last: IOVA(rawValue: long(offset + 8)))
            else { break }
            ranges.append(range)
        }
        return ranges
    }

    /// `VFIO_IOMMU_TYPE1_INFO_DMA_AVAIL`, 3.
    fileprivate func mappingsLeft(from first: Int) -> UInt32? {
        capability(3, from: first).map { word($0 + 8) }
    }
}
