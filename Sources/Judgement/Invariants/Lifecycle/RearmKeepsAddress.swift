// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let rearmKeepsAddress = Invariant(
        id: .msi(43), name: "rearm-keeps-address",
        statement: "Arming again in the same domain gives the same address and maps nothing.",
        generations: .lasting, needs: [.trace, .messages],
        reason: "msi_page_list lives as long as the cookie, drivers/iommu/dma-iommu.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(43))
        for (_, armings) in judged.armingsByDomain {
            let devices = Dictionary(grouping: armings, by: \.armedDevice)
            for (_, again) in devices.sorted(by: { $0.value[0].position < $1.value[0].position }) {
                for step in again.dropFirst() { judged.compare(step, with: again[0], &seen) }
            }
        }
        for step in judged.steps where step.record.succeeded {
            for device in judged.rearmed(by: step) {
                judged.compareMessages(of: device, across: step, addressOnly: true, &seen)
            }
        }
        return seen
    }
}

extension JudgedCase {
    /// The devices that a plan armed again; where the model follows that.
    fileprivate func rearmed(by step: JudgedStep) -> [DeviceName] {
        guard case .succeeds = step.expected.outcome else { return [] }
        return disturbed(by: step) { if case .rearm(let device, _) = $0 { device } else { nil } }
    }

    fileprivate func compare(
        _ step: JudgedStep, with first: JudgedStep, _ seen: inout Observations
    ) {
        let before = messages.armed(by: first.position)
        let after = messages.armed(by: step.position)
        guard let old = before.first, let new = after.first else {
            seen.cannotSee("no message was read after \(step.record.subject)")
            return
        }
        // What could not be mapped before may be now, and is a matter of its own.
        guard !old.isAllOnes, !new.isAllOnes else { return }
        let maps = maps(during: step.position)
        // Another vector may ring another frame, where the model says so.
        let same = Set(after.map(\.message.address)).isSubset(of: before.map(\.message.address))
        let free =
            step.expected.messages.contains { $0.address.exact == nil || $0.map?.exact == nil }
            || (step.expected.messages.isEmpty && board.doorbell(of: new.device) == nil)
        // That no doorbell is mapped twice is a matter of its own (INV-14).
        seen.check(
            (same || free) && (maps.isEmpty || free || !step.expected.doorbellMaps.isEmpty),
            step.record.subject, expected: "address \(old.message.address) again and no map",
            observed: "address \(new.message.address) and \(maps.count) maps",
            basis: step.expected.messages.first?.address.basis ?? Basis.exact,
            lines: old.lines + new.lines + maps.map(\.line))
    }
}
