// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let onlyServingDoorbell = Invariant(
        id: .msi(19), name: "only-serving-doorbell",
        statement:
            "Arming maps the page of the doorbell that serves the device, and no other page.",
        generations: .translated, needs: [.trace],
        reason: "a map of any other page opens foreign registers to a device's writes"
    ) { judged in
        var seen = Observations(.msi(19))
        for event in judged.armingMaps {
            guard let map = event.map, let step = event.step else { continue }
            guard let device = judged.steps[step].armedDevice.flatMap(judged.address),
                let register = judged.register(of: device)
            else {
                seen.cannotSee("whose doorbell the map at \(map.range.first) is, is not known")
                continue
            }
            let page = register.page(of: judged.board.pageSize)
            seen.check(
                map.paddr == page, "the map at \(map.range.first) for \(device)",
                expected: "page \(page)", observed: "page \(map.paddr)", lines: [event.line])
        }
        if judged.armingMaps.isEmpty, !judged.armings.isEmpty {
            seen.cannotSee("no map was traced while arming")
        }
        return seen
    }
}
