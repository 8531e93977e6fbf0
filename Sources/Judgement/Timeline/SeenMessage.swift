// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Vocabulary

/// A message that was read from a device's registers while its vector was armed.
struct SeenMessage: Sendable {
    let device: PCIAddress
    let name: DeviceName
    let vector: VectorIndex
    let message: MSIMessage
    /// The step that armed the vector.
    let arming: Int
    /// The step after which it was read.
    let step: Int
    let domain: DomainLife?
    let lines: [RawLine]

    var subject: String { "\(device) \(vector)" }
}

extension StepEvidence {
    /// Reads the messages of a device's armed vectors; empty where no register was read.
    func messages(
        of device: PCIAddress, arming: ArmingID
    ) -> [(vector: VectorIndex, message: MSIMessage, lines: [RawLine])] {
        switch arming.kind {
        case .intx: []
        case .msi:
            configuration[device].flatMap { MSICapability(in: $0) }.map { capability in
                // A register of a disabled capability says nothing of what rings.
                capability.enabled
                    ? [(VectorIndex(rawValue: 0), capability.message, capability.lines)] : []
            } ?? []
        case .msix:
            (msixTables[device] ?? []).filter { $0.vector.rawValue < arming.vectors }
                .map { ($0.vector, $0.message, [$0.line]) }
        }
    }
}
