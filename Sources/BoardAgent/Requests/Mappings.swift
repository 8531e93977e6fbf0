// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Vocabulary

/// More would endanger the board itself: it is touched, and stays.
private let largestMapping: UInt64 = 256 << 20

extension Agent {
    func map(_ request: MapMemory) throws(Trouble) -> Done {
        let held = try container(request.container)
        let length = try wholePages(request.size)
        let memory = try log.map(UInt64(length)) { board_map_memory(length) }
        fill(memory, length, request)
        var map = vfio_iommu_type1_dma_map()
        map.argsz = UInt32(MemoryLayout<vfio_iommu_type1_dma_map>.size)
        map.flags = request.access.rawValue
        map.vaddr = UInt64(UInt(bitPattern: memory))
        map.iova = request.iova.rawValue
        map.size = request.size.rawValue
        do throws(Trouble) {
            _ = try log.make(.iommuMapDMA, map.iova) {
                Int(board_ioctl(held.descriptor, board_map_dma(), &map))
            }
        } catch {
            munmap(memory, length)
            throw error
        }
        held.mappings.append(
            HeldMapping(iova: request.iova, size: request.size, memory: memory, length: length))
        return Done()
    }

    func unmap(_ request: UnmapMemory) throws(Trouble) -> Unmapped {
        let held = try container(request.container)
        return try unmap(held, from: request.iova.rawValue, size: request.size.rawValue, flags: 0)
    }

    func unmapAll(_ request: UnmapEverything) throws(Trouble) -> Unmapped {
        // VFIO_DMA_UNMAP_FLAG_ALL, bit 1: iova and size must be 0.
        try unmap(try container(request.container), from: 0, size: 0, flags: 2)
    }

    private func unmap(
        _ held: HeldContainer, from iova: UInt64, size: UInt64, flags: UInt32
    ) throws(Trouble) -> Unmapped {
        stopQueues(in: held, from: iova, size: flags == 0 ? size : .max)
        var unmap = vfio_iommu_type1_dma_unmap()
        // Up to and without the bitmap that follows in the structure.
        unmap.argsz = 24
        unmap.flags = flags
        unmap.iova = iova
        unmap.size = size
        _ = try log.make(.iommuUnmapDMA, iova) {
            Int(board_ioctl(held.descriptor, board_unmap_dma(), &unmap))
        }
        held.freeMappings { mapping in
            flags != 0
                || mapping.iova.rawValue >= iova
                    && mapping.iova.rawValue - iova &+ mapping.size.rawValue <= size
        }
        return Unmapped(size: ByteCount(rawValue: unmap.size))
    }

    func wholePages(_ size: ByteCount) throws(Trouble) -> Int {
        guard size.rawValue <= largestMapping else {
            throw .refused(.beyondLimit(number: size.rawValue, limit: largestMapping))
        }
        let page = UInt64(getpagesize())
        return Int(max(page, (size.rawValue + page - 1) / page * page))
    }

    private func fill(_ memory: UnsafeMutableRawPointer, _ length: Int, _ request: MapMemory) {
        switch request.fill {
        case .zeros: break
        case .ones: memset(memory, 0xFF, length)
        case .addresses:
            for offset in stride(from: 0, to: length, by: 8) {
                memory.storeBytes(
                    of: request.iova.rawValue &+ UInt64(offset), toByteOffset: offset,
                    as: UInt64.self)
            }
        }
    }
}

extension HeldContainer {
    /// Gives back the memory of the mappings that are gone.
    func freeMappings(where isGone: (HeldMapping) -> Bool) {
        var kept: [HeldMapping] = []
        for mapping in mappings {
            if isGone(mapping) {
                munmap(mapping.memory, mapping.length)
            } else {
                kept.append(mapping)
            }
        }
        mappings = kept
    }
}
