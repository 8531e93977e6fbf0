// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let deathLeavesNothing = Invariant(
        id: .msi(48), name: "death-leaves-nothing",
        statement:
            "When a process dies with vectors armed, its interrupts vanish, nothing faults, and the group can be attached again.",
        generations: .all, needs: [.calls, .interrupts],
        reason: "vfio_pci_core_disable clears the bus master bit first, vfio_pci_core.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(48))
        for step in judged.steps {
            guard let container = step.record.step.killed, seen.wasDone(step) else { continue }
            let devices = judged.devices(of: container, before: step.position)
            guard !devices.isEmpty else { continue }
            guard let table = step.seen.interrupts else {
                seen.cannotSee("/proc/interrupts was not read after \(step.record.subject)")
                continue
            }
            let left = table.lines.filter { line in
                line.vectors.contains { vector in devices.values.contains(vector.device) }
            }
            let faults = judged.faults.during(step.position).lines
            let attach = judged.nextAttach(of: devices, after: step.position)
            let works = attach?.expected.outcome.matches(attach?.record.firstFailure)
            seen.check(
                left.isEmpty && faults.isEmpty && works != false, step.record.subject,
                expected: "no vfio interrupt, no fault, and an attach that works again",
                observed: "\(left.count) interrupts, \(faults.count) faults"
                    + (works == false ? ", and no attach" : ""),
                lines: left.map(\.line) + faults + (attach?.record.callLines ?? []))
        }
        return seen
    }
}

extension JudgedCase {
    fileprivate func devices(
        of container: ContainerName, before step: Int
    ) -> [DeviceName: PCIAddress] {
        guard step > 0 else { return [:] }
        let places = history.moments[step - 1].places.filter {
            $0.value.owner == .container(container)
        }
        return evidence.record.devices.filter { places[$0.key] != nil }
    }

    fileprivate func nextAttach(
        of devices: [DeviceName: PCIAddress], after step: Int
    ) -> JudgedStep? {
        steps[(step + 1)...].prefix(64).first {
            guard case .attach(let device, _) = $0.record.step else { return false }
            return devices[device] != nil
        }
    }
}
