// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Which IOVAs user space may map: the aperture without what is reserved
/// (`vfio_iommu_resv_exclude` in `vfio_iommu_type1.c`, 6.1).
enum IOVASpace {
    static func ranges(of aperture: IOVARange, without reserved: [IOVARange]) -> [IOVARange] {
        reserved.reduce([aperture]) { free, hole in free.flatMap { cut(hole, from: $0) } }
    }

    private static func cut(_ hole: IOVARange, from range: IOVARange) -> [IOVARange] {
        guard range.overlaps(hole) else { return [range] }
        let below = hole.first.moved(backBy: .bytes(1)).flatMap {
            IOVARange(first: range.first, last: $0)
        }
        let above = hole.last.advanced(by: .bytes(1)).flatMap {
            IOVARange(first: $0, last: range.last)
        }
        return [below, above].compactMap { $0 }
    }
}
