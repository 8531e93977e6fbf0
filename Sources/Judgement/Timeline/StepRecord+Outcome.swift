// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Vocabulary

extension StepRecord {
    /// The first call that the kernel refused; that it has no answer to a question is no refusal.
    var firstFailure: CallRecord? { calls.first { $0.errno != .none && !$0.isQuestion } }

    /// Whether it was carried out and no call of it failed.
    var succeeded: Bool { notDone == nil && firstFailure == nil }

    /// Whether all vectors that it asks for were armed; VFIO answers with the number that it could
    /// arm where there are too few (`vfio_msi_enable`, 6.12).
    var hasArmed: Bool {
        succeeded && !calls.contains { $0.name == "VFIO_DEVICE_SET_IRQS" && $0.result > 0 }
    }

    /// The container whose process it has killed.
    var killed: ContainerName? { notDone == nil ? step.killed : nil }

    /// What is said of it in findings: `step 4: map 1page at 0x08000000 in main`.
    var subject: String { "step \(index): \(step)" }

    /// Its calls as lines of evidence.
    var callLines: [RawLine] {
        calls.filter { !$0.isQuestion }.map { call in
            RawLine(
                file: "record", number: index,
                text: "\(call.began) \(call.name) = \(call.result) \(call.errno)")
        }
    }

    /// Something else that the record says of it, as a line of evidence.
    func line(_ text: String) -> RawLine { RawLine(file: "record", number: index, text: text) }
}

extension CallRecord {
    /// Whether the call only asks what a device has, where EINVAL says that it has no such thing
    /// (`vfio_pci_ioctl_get_region_info` for the VGA region of other devices, 6.1).
    fileprivate var isQuestion: Bool {
        name == "VFIO_DEVICE_GET_REGION_INFO" || name == "VFIO_DEVICE_GET_IRQ_INFO"
    }
}
