// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let highestFreePage = Invariant(
        id: .msi(26), name: "highest-free-page",
        statement:
            "A mixed domain places a doorbell on the highest page that is free at that instant below mask, window and aperture.",
        generations: [.mixed], needs: [.trace],
        reason: "__alloc_and_insert_iova_range walks top-down, drivers/iommu/iova.c, 4.9"
    ) { judged in
        var seen = Observations(.msi(26))
        for step in judged.steps { judged.compareDoorbellMaps(of: step, &seen) }
        return seen
    }
}

extension JudgedCase {
    /// Holds the doorbell maps of a step against the model's predictions, in their order.
    func compareDoorbellMaps(of step: JudgedStep, _ seen: inout Observations) {
        let maps = maps(during: step.position).filter(\.isDoorbellMap)
        for (index, expected) in step.expected.doorbellMaps.enumerated() {
            guard step.record.hasArmed || step.armedDevice == nil, index < maps.count,
                let map = maps[index].map
            else {
                if judgeUnplaced(step, expected, &seen) { continue }
                seen.cannotSee("no map of a doorbell was traced in \(step.record.subject)")
                continue
            }
            let size = ByteCount.bytes(map.range.last.rawValue &- map.range.first.rawValue &+ 1)
            let found = DoorbellMap(iova: map.range.first, page: map.paddr, size: size)
            let right = expected.all.map { "\($0.page) at \($0.iova)" }
            seen.check(
                expected.allows(found), "the doorbell map of \(step.record.subject)",
                expected: right.joined(separator: " or "),
                observed: "\(map.paddr) at \(map.range.first)", basis: expected.basis,
                lines: [maps[index].line])
        }
    }

    /// A doorbell that had a place and got none leaves a message of all ones, and no map.
    private func judgeUnplaced(
        _ step: JudgedStep, _ expected: Prediction<DoorbellMap>, _ seen: inout Observations
    ) -> Bool {
        let lost = messages.armed(by: step.position).filter { message in
            message.isAllOnes && message.expected?.address.allows(.allOnes) == false
        }
        guard trace != nil, step.record.hasArmed, !lost.isEmpty else { return false }
        let right = expected.all.map { "\($0.page) at \($0.iova)" }
        seen.find(
            "the doorbell map of \(step.record.subject)",
            expected: right.joined(separator: " or "), observed: "none, and a message of all ones",
            basis: expected.basis, lines: lost.flatMap(\.lines))
        return true
    }
}
