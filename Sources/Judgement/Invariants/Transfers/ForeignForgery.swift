// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let foreignForgery = Invariant(
        id: .msi(61), name: "foreign-forgery",
        statement:
            "A device that writes another one's message raises it where interrupts are not isolated, and never where they are.",
        generations: .all, needs: [.transfers],
        reason:
            "GICv2m takes any SPI from any writer; an ITS looks the event up by the writer's DevID, GICv3 5.2"
    ) { judged in
        var seen = Observations(.msi(61))
        for step in judged.steps {
            guard let forgery = judged.forgery(step), forgery.device != forgery.writer else {
                continue
            }
            judged.judge(forgery, of: step, &seen)
        }
        return seen
    }
}

/// A write of a message by a device's DMA engine.
struct Forgery: Sendable {
    let writer: PCIAddress
    /// Whose message it is.
    let device: PCIAddress
    let vector: VectorIndex
}

extension JudgedCase {
    /// What a step forges: nothing where it writes no message.
    func forgery(_ step: JudgedStep) -> Forgery? {
        guard case .transfer(let name, let transfer) = step.record.step,
            transfer.direction == .write, case .message(let owner, let vector) = transfer.value,
            transfer.target != .physicalDoorbell,
            let writer = address(of: name), let device = address(of: owner)
        else { return nil }
        return Forgery(writer: writer, device: device, vector: vector)
    }

    func judge(_ forgery: Forgery, of step: JudgedStep, _ seen: inout Observations) {
        guard let expected = step.expected.arrivals, seen.wasDone(step) else { return }
        guard let transfer = step.record.transfer else {
            seen.cannotSee("no account of \(step.record.subject) was recorded")
            return
        }
        let got =
            transfer.signals.first {
                $0.device == forgery.device && $0.vector == forgery.vector
            }?.count ?? 0
        let counted = increase(of: forgery.vector, device: forgery.device, at: step)
        let right = step.expected.counted ?? expected
        seen.check(
            got == expected && counted.map { $0.count == right } ?? true, step.record.subject,
            expected: "\(expected) signals of \(forgery.device) \(forgery.vector)",
            observed: "\(got)" + (counted.map { ", \($0.count) counted" } ?? ""),
            lines: step.record.transferLines + (counted?.lines ?? []))
    }
}
