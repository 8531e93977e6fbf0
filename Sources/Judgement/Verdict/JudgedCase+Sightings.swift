// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension JudgedCase {
    /// Where the interrupts of each armed vector go, as the registers and the trace show it.
    var sightings: [DoorbellSighting] {
        var known: Set<DoorbellSighting> = []
        let all = armings.flatMap { step in step.expected.messages.map { sighting($0, step) } }
        return all.filter { known.insert($0).inserted }
    }

    private func sighting(_ vector: VectorExpectation, _ step: JudgedStep) -> DoorbellSighting {
        let message = messages(armedBy: step.position).first {
            $0.device == vector.device && $0.vector == vector.vector
        }?.message
        let live = liveDoorbellMaps(in: history.domains[step.position], after: step.position)
        let map =
            message.map { IOVA(rawValue: $0.address.rawValue) }.flatMap { address in
                live.compactMap(\.map).last { $0.range.contains(address) }
            } ?? live.compactMap(\.map).last { $0.paddr == vector.page }
        return DoorbellSighting(
            device: vector.device, vector: vector.vector, message: message,
            iova: map?.range.first, page: map?.paddr)
    }
}
