// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let hugeUnmapSparesDoorbells = Invariant(
        id: .msi(32), name: "huge-unmap-spares-doorbells",
        statement:
            "An unmap that spans a doorbell takes out the user's bytes alone, and interrupts still arrive.",
        generations: .translated, needs: [.calls, .trace],
        reason: "vfio_dma_do_unmap walks the user's maps only, vfio_iommu_type1.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(32))
        let lost = Dictionary(grouping: judged.lostDoorbells) { $0.unmap.step ?? -1 }
        for step in judged.steps where step.record.succeeded {
            guard let range = step.unmapRange(judged.board.pageSize),
                judged.spansDoorbell(range, at: step), let expected = step.expected.unmapped
            else { continue }
            guard let unmapped = step.record.unmapped else {
                seen.cannotSee("no size was recorded for \(step.record.subject)")
                continue
            }
            let gone = lost[step.position] ?? []
            let rings = judged.ringsMissed(after: step)
            seen.check(
                unmapped == expected && gone.isEmpty && rings.isEmpty, step.record.subject,
                expected: "\(expected), every doorbell kept, every raise to arrive",
                observed: "\(unmapped), \(gone.count) doorbells gone, \(rings.count) rings short",
                lines: step.record.callLines + gone.map(\.unmap.line) + rings)
        }
        return seen
    }
}

extension JudgedCase {
    fileprivate func spansDoorbell(_ range: IOVARange, at step: JudgedStep) -> Bool {
        // In loops: of closures in closures here, the optimiser of Swift 6.3.1 crashes.
        for domain in history.moments[step.position].domains {
            for event in liveDoorbellMaps(in: domain, after: step.position - 1) {
                if let map = event.map, range.contains(map.range) { return true }
            }
        }
        return false
    }

    /// What the next ring of each device that is armed over the step fell short of.
    fileprivate func ringsMissed(after step: JudgedStep) -> [RawLine] {
        var waiting = Set(history.moments[step.position].armed.keys)
        var missed: [RawLine] = []
        for next in steps[(step.position + 1)...].prefix(64) {
            guard let device = next.record.step.device, waiting.contains(device) else { continue }
            waiting.remove(device)
            guard let ring = next.record.ringing, let expected = next.expected.arrivals,
                ring.arrived != expected
            else { continue }
            missed.append(next.record.line("\(ring.arrived) of \(ring.raised) arrived"))
            if waiting.isEmpty { break }
        }
        return missed
    }
}
