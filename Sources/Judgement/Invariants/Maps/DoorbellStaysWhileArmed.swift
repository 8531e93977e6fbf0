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
        for lost in judged.lostDoorbells {
            let devices = judged.devicesRinging(lost.map, during: lost.unmap.step)
            guard !devices.isEmpty else { continue }
            seen.find(
                "the doorbell map of \(devices.map(\.description).joined(separator: ", "))",
                expected: "no unmap while it is armed", observed: "an unmap", basis: Basis.law,
                lines: [lost.map.line, lost.unmap.line])
        }
        for step in judged.armings {
            let domain = judged.deviceDomain(at: step.position)
            if judged.liveDoorbellMaps(in: domain, after: step.position).isEmpty {
                seen.cannotSee("no map of a doorbell was traced")
            } else if seen.findings.isEmpty {
                seen.hold()
            }
        }
        return seen
    }
}

extension JudgedCase {
    /// The doorbell maps that an unmap event took out, with that event.
    var lostDoorbells: [(map: AttributedEvent, unmap: AttributedEvent)] {
        trace.map { trace in
            trace.lostDoorbells.map { (trace.events[$0.map], trace.events[$0.unmap]) }
        } ?? []
    }

    /// The devices in a map's domain that are armed during a step and ring its page.
    func devicesRinging(_ map: AttributedEvent, during step: Int?) -> [PCIAddress] {
        guard let step, let page = map.map?.paddr else { return [] }
        let armed = history.moments[step].armed.filter { name, arming in
            let messages = steps[arming.step].expected.messages
            let read = self.messages.armed(by: arming.step).filter { $0.name == name }
            // What the registers say goes before what the model thinks possible; where neither
            // knows the page, every armed device may ring it.
            let rings =
                read.isEmpty
                ? messages.isEmpty || messages.contains { $0.pages.contains(page) }
                : read.contains { map.map?.range.contains($0.iova) ?? false }
            return rings && (history.moments[step].places[name] ?? map.domain) == map.domain
        }
        return armed.keys.compactMap(address).sorted()
    }
}
