// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Vocabulary

/// What was read of the groups of a case's devices, in order.
struct GroupReadings: Sendable {
    private(set) var reserved: [PCIAddress: [[ReservedRegion]]] = [:]
    private(set) var types: [PCIAddress: [DefaultDomain]] = [:]
    private let texts: [PCIAddress: [RawLine]]

    init(_ evidence: CaseEvidence) {
        var texts: [PCIAddress: [RawLine]] = [:]
        for text in evidence.record.texts + evidence.record.steps.flatMap(\.texts) {
            guard case .groupType(let device) = text.source else { continue }
            texts[device, default: []] += text.lines
        }
        self.texts = texts
        take(evidence.before)
        for step in evidence.steps { take(step) }
        take(evidence.after)
    }

    private mutating func take(_ seen: StepEvidence) {
        for (device, group) in seen.groups {
            if let regions = group.reserved { reserved[device, default: []].append(regions) }
            if let type = group.type { types[device, default: []].append(type) }
        }
    }

    /// The lines of `type` that were read.
    func typeLines(of device: PCIAddress) -> [RawLine] { texts[device] ?? [] }

    /// What was read first; it must not change.
    func regions(of device: PCIAddress) -> [ReservedRegion]? { reserved[device]?.first }
}
