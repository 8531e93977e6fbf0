// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

// `iommu_dma_map_mixed()` and `iommu_dma_unmap_mixed()` of the RFC: each map of the user's reserves
// its IOVAs in the space from which doorbells are placed. Other generations map plainly.
extension Kernel {
    func mapForUser(_ domain: Domain, _ iova: IOVA, _ run: UserMemory.Run) -> KernelErrno {
        let errno = map(domain, iova, to: run.page, run.size, [.read, .write])
        guard traits.generation == .mixed, let range = IOVARange(first: iova, size: run.size) else {
            return errno
        }
        if errno == .none {
            change(domain) { $0.reserve(range) }
        } else if mutant == .m17 {
            // The undo looks for the range and finds the doorbell's page.
            change(domain) { $0.releaseAll(touching: range) }
        }
        return errno
    }

    func unmapForUser(_ domain: Domain, _ iova: IOVA, _ size: ByteCount) {
        unmap(domain, iova, size)
        guard traits.generation == .mixed, let gone = IOVARange(first: iova, size: size) else {
            return
        }
        change(domain) { space in
            // Runs were reserved one by one and may be given back together.
            let step = space.granule.bytes.rawValue
            for taken in space.taken {
                let first = IOVA(rawValue: taken.lowerBound * step)
                let last = IOVA(rawValue: taken.upperBound * step + (step - 1))
                if let range = IOVARange(first: first, last: last), gone.contains(range) {
                    space.release(range)
                }
            }
        }
    }

    /// M16 forgets to reserve what is replayed into a second domain.
    func replay(_ iommu: TypeOne, into domain: Domain) -> KernelErrno {
        for map in iommu.maps {
            for run in map.runs {
                let iova = map.range.first.past(run.offset)
                let errno =
                    mutant == .m16
                    ? self.map(domain, iova, to: run.page, run.size, [.read, .write])
                    : mapForUser(domain, iova, run)
                guard errno == .none else { return errno }
            }
        }
        return .none
    }

    private func change(_ domain: Domain, _ body: (inout ReservedSpace) -> Void) {
        guard let cookie = domain.cookie, case .topDown(var space) = cookie.allocator else {
            return
        }
        body(&space)
        cookie.allocator = .topDown(space)
    }
}
