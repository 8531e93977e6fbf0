// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let hostGetsItsOwnAddress = Invariant(
        id: .msi(45), name: "host-gets-its-own-address",
        statement:
            "A device that its host driver has back carries the message of the host's own domain, not the window's.",
        generations: .all, needs: [.messages],
        reason: "iommu_dma_alloc_iova for a DMA cookie, drivers/iommu/dma-iommu.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(45))
        for step in judged.steps {
            guard case .giveBack(let name) = step.record.step, step.record.succeeded,
                let device = judged.address(of: name)
            else { continue }
            let readings = judged.hosted.readings[device] ?? []
            guard let reading = readings.first(where: { $0.givenBack == step.position }) else {
                seen.cannotSee("no message of \(device) was read after \(step.record.subject)")
                continue
            }
            guard !step.expected.messages.isEmpty else {
                judged.judgeHost(reading, of: device, &seen)
                continue
            }
            for message in reading.messages {
                guard
                    let expected = step.expected.messages.first(where: {
                        $0.vector == message.vector
                    })
                else { continue }
                seen.check(
                    expected.address.allows(message.message.address),
                    "\(device) \(message.vector) of the host",
                    expected: "address \(expected.address)",
                    observed: "address \(message.message.address)",
                    basis: expected.address.basis, lines: message.lines)
            }
        }
        return seen
    }
}

extension JudgedCase {
    /// Where the model does not know what else the host has mapped, its allocator's habit is left:
    /// it goes down from 4 GiB, and only VFIO's domains have the window.
    fileprivate func judgeHost(
        _ reading: HostedMessages.Reading, of device: PCIAddress, _ seen: inout Observations
    ) {
        let type = groups.types[device]?.first
        guard let window = expectation.window?.range, type == .dma || type == .dmaFlushQueue else {
            seen.cannotSee("the model says nothing of \(device)'s host driver")
            return
        }
        for message in reading.messages {
            seen.check(
                !window.contains(IOVA(rawValue: message.message.address.rawValue)),
                "\(device) \(message.vector) of the host", expected: "an address outside \(window)",
                observed: "address \(message.message.address)", basis: Basis.law,
                lines: message.lines)
        }
    }
}
