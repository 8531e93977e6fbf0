// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let doorbellStaysWhileArmed = Invariant(
        id: .msi(15), name: "doorbell-stays-while-armed",
        statement: "No unmap covers a doorbell's page while a vector on it is armed.",
        generations: .translated, needs: [.trace],
        reason: "iommu_put_dma_cookie is the only end of a page, dma-iommu.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(15))
        for step in judged.armings {
            guard let device = step.armedDevice else { continue }
            let live = judged.liveDoorbellMaps(
                in: judged.history.domains[step.position], after: step.position)
            if live.isEmpty { seen.cannotSee("no map of a doorbell was traced") }
            for map in live {
                let gone = judged.unmaps(of: map, whileArmed: device, by: step.position)
                seen.check(
                    gone.isEmpty, "the doorbell map of \(device)",
                    expected: "no unmap while it is armed", observed: "\(gone.count) unmaps",
                    lines: [map.line] + gone.map(\.line))
            }
        }
        return seen
    }
}

extension JudgedCase {
    /// The unmaps that hit a map while the device armed by a step still was.
    fileprivate func unmaps(
        of map: AttributedEvent, whileArmed device: DeviceName, by arming: Int
    ) -> [AttributedEvent] {
        (events ?? []).filter { event in
            guard let gone = event.unmap?.range, let range = map.map?.range, let at = event.step,
                at >= arming, event.domain == map.domain, gone.overlaps(range)
            else { return false }
            return history.armed[at][device]?.step == arming
        }
    }
}
