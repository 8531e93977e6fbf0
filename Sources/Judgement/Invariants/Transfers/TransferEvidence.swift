// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension JudgedCase {
    /// Holds a transfer's fault, or that there is none, against what the model says.
    func compareFault(of step: JudgedStep, _ seen: inout Observations) {
        guard let expected = step.expected.faults, seen.wasDone(step) else { return }
        let reading = faults.during(step.position)
        let got = step.record.transfer
        // What has rung or changed memory did not fault, whatever the log says.
        let arrived = got.map { $0.signals.contains { $0.count > 0 } } ?? false
        guard let fault = arrived && reading.lines.isEmpty ? false : reading.hasFault else {
            seen.cannotSee("\(step.record.subject): \(reading.blindness)")
            return
        }
        seen.check(
            expected.allows(fault), step.record.subject,
            expected: expected.allows(true) ? "an SMMU fault" : "no SMMU fault",
            observed: fault ? "an SMMU fault" : "none\(arrived ? ", and it rang" : "")",
            basis: expected.basis, lines: reading.lines + step.record.transferLines)
    }

    /// The table of interrupts before and after a step, and by how much a vector's line grew.
    func increase(
        of vector: VectorIndex, device: PCIAddress, at step: JudgedStep
    ) -> (count: UInt64, lines: [RawLine])? {
        guard let after = step.seen.interrupts,
            let before = interrupts(before: step.position),
            let count = after.increase(of: vector, device: device, since: before)
        else { return nil }
        let lines = [before, after].compactMap { $0.line(of: vector, device: device)?.line }
        return (count, lines)
    }
}

extension StepRecord {
    /// What the record says of a transfer, as a line of evidence.
    var transferLines: [RawLine] {
        guard let transfer else { return [] }
        let signals = transfer.signals.map { "\($0.device) \($0.vector) × \($0.count)" }
        let value = transfer.value.map { Hexadecimal.prefixed(UInt64($0), width: 8) } ?? "nothing"
        let memory = transfer.memory.map { Hexadecimal.prefixed(UInt64($0), width: 8) } ?? "none"
        return [
            line(
                "\(transfer.direction.rawValue) \(value) at \(transfer.address), memory \(memory), "
                    + "signals \(signals)")
        ]
    }
}
