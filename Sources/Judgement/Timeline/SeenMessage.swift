// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

/// A message that was read from a device's registers while its vector was armed.
struct SeenMessage: Sendable {
    let device: PCIAddress
    let name: DeviceName
    let kind: InterruptKind
    let vector: VectorIndex
    let message: MSIMessage
    /// The step that armed the vector.
    let arming: Int
    /// The step after which it was read.
    let step: Int
    /// The domain that the device is in when it is read.
    let domain: DomainLife?
    /// What the model said last of this vector; nothing where it says nothing.
    let expected: VectorExpectation?
    let lines: [RawLine]

    var subject: String { "\(device) \(vector)" }

    var iova: IOVA { IOVA(rawValue: message.address.rawValue) }
}

/// A message as registers hold it.
struct ReadMessage: Sendable {
    let vector: VectorIndex
    let message: MSIMessage
    let lines: [RawLine]
}

extension StepEvidence {
    /// Reads the messages of a device's armed vectors; empty where no register was read.
    func messages(of device: PCIAddress, arming: ArmingID) -> [ReadMessage] {
        switch arming.kind {
        case .intx: []
        case .msi: enabledMSI(of: device)
        case .msix: tableEntries(of: device).filter { $0.vector.rawValue < arming.vectors }
        }
    }

    /// Reads what a device would ring that is not passed through, however its driver armed it.
    func messages(ofHosted device: PCIAddress) -> [ReadMessage] {
        let table = msixTables[device] ?? []
        let live = table.filter { !$0.masked && $0.message.address.rawValue != 0 }
        return enabledMSI(of: device)
            + live.map { ReadMessage(vector: $0.vector, message: $0.message, lines: [$0.line]) }
    }

    private func enabledMSI(of device: PCIAddress) -> [ReadMessage] {
        guard let space = configuration[device], let capability = MSICapability(in: space),
            // A register of a disabled capability says nothing of what rings.
            capability.enabled
        else { return [] }
        return [
            ReadMessage(
                vector: VectorIndex(rawValue: 0), message: capability.message,
                lines: capability.lines)
        ]
    }

    private func tableEntries(of device: PCIAddress) -> [ReadMessage] {
        (msixTables[device] ?? []).map {
            ReadMessage(vector: $0.vector, message: $0.message, lines: [$0.line])
        }
    }
}
