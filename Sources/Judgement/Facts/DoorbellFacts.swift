// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

/// Finds a board's doorbells and whom they serve, in firmware's tables and the boot log.
enum DoorbellFacts {
    static func gather(
        _ evidence: BoardEvidence, devices: Set<PCIAddress>
    ) throws(ModelError) -> MSITopology {
        var found: [FoundDoorbell] = []
        for node in evidence.doorbells where isTaken(node.kind, evidence) {
            found.append(FoundDoorbell(node: node, doorbell: try doorbell(node, evidence)))
        }
        let doorbells = found.isEmpty ? AnnouncedDoorbells.all(evidence) : found.map(\.doorbell)
        guard !doorbells.isEmpty else { throw .factMissing("the address of any MSI doorbell") }
        let controllers = MSIController.grouping(doorbells)
        let routing = DeviceRouting(evidence: evidence, found: found, controllers: controllers)
        let streaming = DeviceStreaming(evidence: evidence)
        var topology = MSITopology(controllers: controllers)
        for device in devices {
            topology.routes[device] = routing.route(of: device)
            topology.streams[device] = streaming.stream(of: device)
        }
        return topology
    }

    /// Whether the kernel set up what firmware describes: where the log announces controllers, but
    /// none of this design, it did not.
    ///
    /// A GICv3 with LPIs leaves frames alone, and one that cannot do MBI its ranges
    /// (`gic_init_bases`, `irq-gic-v3.c`, 6.12).
    private static func isTaken(_ kind: DoorbellNode.Kind, _ evidence: BoardEvidence) -> Bool {
        let announced = evidence.logFacts.compactMap { AnnouncedDoorbells.design(of: $0.fact) }
        return announced.isEmpty || announced.contains(AnnouncedDoorbells.design(of: kind))
    }

    private static func doorbell(
        _ node: DoorbellNode, _ evidence: BoardEvidence
    ) throws(ModelError) -> Doorbell {
        let kind: Doorbell.Kind
        switch node.kind {
        case .its: kind = .its
        case .preITS(let window): kind = .preITS(window: window)
        case .mbi(let ranges, let isAlias): kind = .mbi(ranges: ranges, isAlias: isAlias)
        case .graviton(let stated): kind = .graviton(spis: try spis(node, stated, evidence))
        case .frame(let stated):
            kind = .gicV2m(
                spis: try spis(node, stated, evidence), data: FrameQuirks.form(evidence.machine))
        }
        return Doorbell(kind: kind, base: node.base)
    }

    /// The frame's own register decides, and the kernel prints what it read there.
    private static func spis(
        _ node: DoorbellNode, _ stated: ClosedRange<InterruptID>?, _ evidence: BoardEvidence
    ) throws(ModelError) -> ClosedRange<InterruptID> {
        for case (.frame(let base, _, let spis), _) in evidence.logFacts where base == node.base {
            return spis
        }
        guard let stated else {
            throw .factMissing("the SPI range of the GICv2m frame at \(node.base)")
        }
        return stated
    }
}

/// A doorbell and the node that describes it.
struct FoundDoorbell: Sendable {
    let node: DoorbellNode
    let doorbell: Doorbell
}
