// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let unmapIsWhole = Invariant(
        id: .msi(20), name: "unmap-is-whole",
        statement: "Every unmap takes out as many bytes as it was asked for.",
        generations: .all, needs: [.trace],
        reason: "a shortfall is broken bookkeeping: WARN_ON in vfio_unmap_unpin, 6.1"
    ) { judged in
        var seen = Observations(.msi(20))
        for event in judged.events ?? [] where event.step != nil {
            guard let unmap = event.unmap else { continue }
            let size = unmap.range.last.rawValue - unmap.range.first.rawValue
            seen.check(
                unmap.unmapped.rawValue &- 1 == size, "the unmap of \(unmap.range)",
                expected: "all of it", observed: "\(unmap.unmapped)", lines: [event.line])
        }
        return seen
    }
}
