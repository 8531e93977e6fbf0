// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let identityHostIsUntranslated = Invariant(
        id: .msi(57), name: "identity-host-is-untranslated",
        statement:
            "Where the default domain is an identity, a host's message is the doorbell's own address, and a passed-through device's is not.",
        generations: .translated, needs: [.messages, .groupTypes],
        reason: "iommu_dma_prepare_msi has no cookie there, drivers/iommu/dma-iommu.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(57))
        for device in judged.evidence.record.devices.values.sorted() {
            guard let type = judged.groups.types[device]?.first else {
                seen.cannotSee("the type of \(device)'s group was not read")
                continue
            }
            guard type == .identity else { continue }
            let registers = judged.registers(of: device)
            guard !registers.isEmpty else {
                seen.cannotSee("the doorbell of \(device) is not known")
                continue
            }
            let readings = judged.hosted.readings[device] ?? []
            if readings.isEmpty { seen.cannotSee("no message of \(device)'s host driver was read") }
            for reading in readings {
                seen.check(
                    reading.addresses.isSubset(of: registers), "\(device) of the host",
                    expected: "address \(registers.sorted())",
                    observed: "\(reading.addresses.sorted())", basis: Basis.law,
                    lines: reading.lines)
            }
        }
        judged.judgePassedThrough(&seen)
        return seen
    }
}

extension JudgedCase {
    /// The addresses of the registers that a device may ring, untranslated.
    fileprivate func registers(of device: PCIAddress) -> Set<MessageAddress> {
        let context = board.context(of: device, vector: VectorIndex(rawValue: 0))
        let doorbells = board.controller(of: device)?.doorbells ?? []
        return Set(
            doorbells.flatMap { $0.registers(for: context) }.map {
                MessageAddress(rawValue: $0.rawValue)
            })
    }

    fileprivate func judgePassedThrough(_ seen: inout Observations) {
        for message in messages.all where groups.types[message.device]?.first == .identity {
            guard let expected = message.expected, expected.map != nil else { continue }
            seen.check(
                expected.address.allows(message.message.address), message.subject,
                expected: "address \(expected.address)",
                observed: "address \(message.message.address)",
                basis: expected.address.basis, lines: message.lines)
        }
    }
}
