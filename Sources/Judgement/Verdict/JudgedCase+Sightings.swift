// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension JudgedCase {
    /// Where the interrupts of each armed vector go, as the registers and the trace show it.
    var sightings: [DoorbellSighting] {
        var known: Set<DoorbellSighting> = []
        let all = armings.flatMap { step in
            let messages = messages.armed(by: step.position)
            let live = liveDoorbellMaps(in: deviceDomain(at: step.position), after: step.position)
                .compactMap(\.map)
            return step.expected.messages.map { vector in
                let message = messages.first {
                    $0.device == vector.device && $0.vector == vector.vector
                }
                return Self.sighting(vector, message?.message, live)
            }
        }
        return all.filter { known.insert($0).inserted }
    }

    private static func sighting(
        _ vector: VectorExpectation, _ message: MSIMessage?,
        _ live: [(range: IOVARange, paddr: PhysicalAddress)]
    ) -> DoorbellSighting {
        let address = message.map { IOVA(rawValue: $0.address.rawValue) }
        let map =
            address.flatMap { address in live.last { $0.range.contains(address) } }
            ?? live.last { $0.paddr == vector.page }
        return DoorbellSighting(
            device: vector.device, vector: vector.vector, message: message,
            iova: map?.range.first, page: map?.paddr)
    }
}
