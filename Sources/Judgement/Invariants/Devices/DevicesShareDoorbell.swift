// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let devicesShareDoorbell = Invariant(
        id: .msi(34), name: "devices-share-doorbell",
        statement:
            "A second device joins the domain that is there, and carries the same address for the same doorbell.",
        generations: [.fixedWindow, .fixedWindowWithRanges, .iommufd, .iommufdTable, .mixed],
        needs: [.calls, .messages],
        reason: "one cookie for each domain, drivers/iommu/dma-iommu.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(34))
        for (domain, armings) in judged.armingsByDomain {
            let vectors = armings.flatMap(\.expected.messages)
            let byPage = Dictionary(grouping: vectors.filter { $0.page != nil }, by: \.page)
            let messages = armings.flatMap { judged.messages.armed(by: $0.position) }
            for (_, vectors) in byPage.sorted(by: {
                ($0.key?.rawValue ?? 0) < ($1.key?.rawValue ?? 0)
            }) {
                let devices = Set(vectors.map(\.device))
                // A doorbell with a register for each device gives each its own address.
                guard devices.count > 1, Set(vectors.map(\.offset)).count == 1 else { continue }
                // What could not be mapped when it was armed is a matter of its own.
                guard !messages.contains(where: { devices.contains($0.device) && $0.isAllOnes })
                else { continue }
                let own = messages.filter { devices.contains($0.device) }
                guard Set(own.map(\.device)) == devices else {
                    seen.cannotSee("messages of all of \(devices.sorted()) were not read")
                    continue
                }
                let addresses = Set(own.map(\.message.address)).sorted()
                seen.check(
                    addresses.count == 1, "\(domain)",
                    expected: "one address for \(devices.sorted())", observed: "\(addresses)",
                    lines: own.flatMap(\.lines))
            }
        }
        judged.judgeJoining(&seen)
        return seen
    }
}

extension JudgedCase {
    /// A device that shares a domain cannot be refused for the domain's sake.
    fileprivate func judgeJoining(_ seen: inout Observations) {
        for step in steps {
            guard case .attach(let device, let container) = step.record.step,
                step.expected.outcome == .succeeds, !step.expected.opensDomain,
                step.record.notDone == nil, step.position > 0,
                history.moments[step.position - 1].places.contains(where: {
                    $0.key != device && $0.value.owner == .container(container)
                })
            else { continue }
            if !step.record.succeeded {
                seen.find(
                    step.record.subject, expected: "success, in the domain that is there",
                    observed: "\(step.record.firstFailure?.errno ?? .none)",
                    lines: step.record.callLines)
            }
        }
    }
}

extension VectorExpectation {
    /// How far into its page the register lies, as far as the model knows.
    fileprivate var offset: Set<UInt64> { Set(targets.map(\.offset)) }
}
