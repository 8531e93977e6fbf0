// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Testing
import Vocabulary

extension Story {
    /// Adds what QEMU's trace points would say of a plain ITS board that does what its kernel says.
    mutating func observe() throws {
        for position in record.steps.indices {
            let lines = try lines(of: record.steps[position])
            add(.observer, ([Self.points] + lines).map { $0 + "\n" }.joined(), step: position)
        }
    }

    /// Takes away every line of a trace point that was on.
    mutating func silence(_ point: String) {
        rewrite(.observer) { text in
            text.split(separator: "\n").filter {
                !$0.contains(" \(point) ") || $0.hasPrefix("points")
            }
            .map { $0 + "\n" }.joined()
        }
    }

    /// Puts another observer in place, whose trace points say nothing of what matters.
    mutating func switchOff() { rewrite(.observer) { _ in "points msix_write_config\n" } }

    private static let points =
        "points gicv3_its_cmd_mapti gicv3_its_translation_write smmuv3_cmdq_tlbi_nh "
        + "smmuv3_record_event smmuv3_s1_range_inval smmuv3_translate_success "

    private func lines(of step: StepRecord) throws -> [String] {
        let device = try #require(
            step.step.device.flatMap { record.devices[$0] } ?? record.devices.values.first)
        let id = Hexadecimal.prefixed(UInt64(device.requesterID))
        switch step.step {
        case .arm:
            return ["1 gicv3_its_cmd_mapti DeviceID \(id) EventID 0x0 ICID 0x0 pINTID 0x2000"]
        case .ring: return message(id, count: step.ringing?.arrived ?? 0)
        case .transfer(_, let transfer):
            if transfer.target == .doorbell { return message(id, count: 1) }
            guard step.transfer?.memory != nil, let address = step.transfer?.address else {
                return ["1 smmuv3_record_event SMMU_EVT_F_TRANSLATION sid=\(id)"]
            }
            return [translation(id, address, to: try page(at: address))]
        default: return ["1 smmuv3_cmdq_tlbi_nh "]
        }
    }

    private func message(_ id: String, count: UInt64) -> [String] {
        let register = PhysicalAddress(rawValue: 0x0809_0040)
        return [
            translation(id, IOVA(rawValue: 0x0800_0040), to: register, count: count),
            "\(count) gicv3_its_translation_write offset 0x40 data 0x0 size 4 requester_id \(id)",
        ]
    }

    private func translation(
        _ id: String, _ from: IOVA, to: PhysicalAddress, count: UInt64 = 1
    ) -> String {
        "\(count) smmuv3_translate_success mr sid=\(id) iova=\(from) translated=\(to) perm=0x3"
    }

    private func page(at address: IOVA) throws -> PhysicalAddress {
        let maps = CaseEvidence(record).trace?.compactMap { event -> PhysicalAddress? in
            guard case .map(let range, let paddr) = event.event, range.contains(address) else {
                return nil
            }
            return paddr.advanced(by: .bytes(address.rawValue - range.first.rawValue))
        }
        return try #require(maps?.first)
    }
}
