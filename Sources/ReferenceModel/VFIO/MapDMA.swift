// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension TypeOneHost {
    /// Follows the order of checks in `vfio_dma_do_map` (6.1).
    mutating func map(
        _ name: ContainerName, _ at: Placement, _ size: Extent, _ seen: inout StepExpectation
    ) {
        guard let request = request(name, at, size, &seen) else { return }
        guard let range = request.range, let container = containers[name] else {
            seen.outcome = .refused(calls: [VFIOCall.map], errno: .invalid)
            return
        }
        if let errno = refusal(of: range, by: container) {
            seen.outcome = .refused(calls: [VFIOCall.map], errno: errno)
            return
        }
        containers[name]?.maps.add(range)
        seen.userMaps = [range]
    }

    private func refusal(of range: IOVARange, by container: Container) -> KernelErrno? {
        if container.maps.overlaps(range) { return .exists }
        if container.maps.ranges.count >= parameters.mapLimit { return .noSpace }
        guard mappable.contains(where: { $0.contains(range) }) else {
            // Without ranges only the page table knows its end (`arm_lpae_map`, 5.3).
            return rules.keepsWindowFree ? .invalid : .outOfRange
        }
        // The page table itself refuses to map over a doorbell's page (`arm_lpae_init_pte`, 5.3).
        let doorbells = container.cookie?.pages.compactMap(\.range) ?? []
        return doorbells.contains { $0.overlaps(range) } ? .exists : nil
    }

    /// Resolves where and how much; the range is nothing when the kernel refuses its form.
    func request(
        _ name: ContainerName, _ at: Placement, _ size: Extent, _ seen: inout StepExpectation
    ) -> (range: IOVARange?, size: ByteCount)? {
        guard let container = containers[name] else {
            seen.outcome = .impossible(reason: "container \(name) is not open")
            return nil
        }
        guard let first = at.address(page: board.pageSize),
            let size = size.size(page: board.pageSize)
        else {
            seen.outcome = .impossible(reason: "the range leaves 64 bits")
            return nil
        }
        let page = board.pageSize.bytes.rawValue
        let aligned = (first.rawValue | size.rawValue) & (page - 1) == 0
        guard aligned, !container.groups.isEmpty else { return (nil, size) }
        return (IOVARange(first: first, size: size), size)
    }
}
