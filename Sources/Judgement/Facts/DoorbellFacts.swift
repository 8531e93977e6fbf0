// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

/// Finds a board's doorbells and whom they serve, in firmware's tables and the boot log.
enum DoorbellFacts {
    static func gather(
        _ evidence: BoardEvidence, devices: Set<PCIAddress>
    ) throws(ModelError) -> ([Doorbell], [PCIAddress: Doorbell]) {
        var byHandle: [UInt32: Doorbell] = [:]
        var doorbells: [Doorbell] = []
        for node in evidence.doorbells {
            let doorbell = try doorbell(node, evidence)
            doorbells.append(doorbell)
            if let handle = node.handle { byHandle[handle] = doorbell }
        }
        if doorbells.isEmpty { doorbells = evidence.logFacts.compactMap { announced($0.fact) } }
        guard !doorbells.isEmpty else { throw .factMissing("the address of any MSI doorbell") }
        var routes: [PCIAddress: Doorbell] = [:]
        for device in devices {
            guard let route = evidence.routes.first(where: { $0.serves(device) }) else { continue }
            routes[device] = byHandle[route.handle]
        }
        return (doorbells, routes)
    }

    private static func doorbell(
        _ node: DoorbellNode, _ evidence: BoardEvidence
    ) throws(ModelError) -> Doorbell {
        switch node.kind {
        case .its: return Doorbell(kind: .its, base: node.base)
        case .frame(let stated):
            // The frame's own register decides, and the kernel prints what it read there.
            guard let spis = spis(of: node.base, evidence) ?? stated else {
                throw .factMissing("the SPI range of the GICv2m frame at \(node.base)")
            }
            return Doorbell(kind: .gicV2m(spis: spis), base: node.base)
        }
    }

    private static func spis(
        of base: PhysicalAddress, _ evidence: BoardEvidence
    ) -> ClosedRange<InterruptID>? {
        for case (.frame(let found, _, let spis), _) in evidence.logFacts where found == base {
            return spis
        }
        return nil
    }

    private static func announced(_ fact: LogFact) -> Doorbell? {
        switch fact {
        case .frame(let base, _, let spis): Doorbell(kind: .gicV2m(spis: spis), base: base)
        case .its(let base, _): Doorbell(kind: .its, base: base)
        case .banner, .smmu, .noInterruptRemapping: nil
        }
    }
}
