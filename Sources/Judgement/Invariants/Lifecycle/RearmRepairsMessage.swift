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
