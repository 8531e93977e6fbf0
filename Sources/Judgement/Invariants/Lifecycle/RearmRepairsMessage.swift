// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let rearmRepairsMessage = Invariant(
        id: .msi(47), name: "rearm-repairs-message",
        statement:
            "Arming an MSI-X vector again writes the message that a device's own reset had taken from its table.",
        generations: .all, needs: [.messages],
        reason: "vfio_msi_set_vector_signal writes the cached message, vfio_pci_intrs.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(47))
        var disturbed: [DeviceName: JudgedStep] = [:]
        for step in judged.steps {
            switch step.record.step {
            case .disturb(let device) where step.record.succeeded:
                let arming = judged.history.moments[step.position].armed[device]
                disturbed[device] = arming?.kind == .msix ? step : nil
            case .arm(let device, .msix, _):
                guard let damage = disturbed.removeValue(forKey: device), seen.wasDone(step),
                    step.isArming
                else { continue }
                guard judged.isDamaged(device, by: damage) else {
                    seen.cannotSee("\(damage.record.subject) left the messages as they were")
                    continue
                }
                judged.compareMessages(of: device, across: damage, after: step.position, &seen)
            case .disarm(let device), .detach(let device), .giveBack(let device),
                .reset(let device):
                disturbed[device] = nil
            default: break
            }
        }
        return seen
    }
}

extension JudgedCase {
    /// Whether a device's own reset took a message from its table.
    ///
    /// One that is still there needs no repair (QEMU's e1000e keeps its table, 7.2; seen).
    fileprivate func isDamaged(_ device: DeviceName, by step: JudgedStep) -> Bool {
        let before = messages.last(of: device, before: step.position)
        guard let address = before.first?.device,
            let arming = history.moments[step.position].armed[device]
        else { return false }
        return step.seen.messages(of: address, arming: arming).contains { after in
            before.contains { $0.vector == after.vector && $0.message != after.message }
        }
    }
}
