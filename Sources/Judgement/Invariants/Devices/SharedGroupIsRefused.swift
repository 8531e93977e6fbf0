// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let sharedGroupIsRefused = Invariant(
        id: .msi(39), name: "shared-group-is-refused",
        statement:
            "A group with a member that a host driver has cannot be attached, and its reserved regions are listed all the same.",
        generations: .all, needs: [.calls, .reservedRegions],
        reason:
            "vfio_group_viable and vfio_dev_viable, drivers/vfio/vfio.c, 5.10; iommu_group_claim_dma_owner, 6.1"
    ) { judged in
        var seen = Observations(.msi(39))
        for step in judged.steps {
            guard case .attach(let name, _) = step.record.step,
                let device = judged.address(of: name),
                judged.isShared(device, at: step.position)
            else { continue }
            guard case .refused(_, let errno) = step.expected.outcome else {
                seen.cannotSee("how \(step.record.subject) must end is not known")
                continue
            }
            guard seen.wasDone(step) else { continue }
            guard let regions = judged.groups.regions(of: device) else {
                seen.cannotSee("reserved_regions of \(device) were not read")
                continue
            }
            let got = step.record.firstFailure?.errno ?? .none
            let listed = judged.expectation.reservedRegions?[device].map {
                $0 == regions.map(\.line.text)
            }
            seen.check(
                got == errno && listed != false, step.record.subject,
                expected: "\(errno), and its reserved regions",
                observed: "\(got), and \(regions.count) regions",
                lines: step.record.callLines + regions.map(\.line))
        }
        return seen
    }
}

extension JudgedCase {
    /// Whether a host driver has another member of a device's group.
    fileprivate func isShared(_ device: PCIAddress, at step: Int) -> Bool {
        let hosted = history.moments[step].hosted.keys.compactMap(address)
        let others = board.group(of: device).members.subtracting([device])
        return !others.isDisjoint(with: hosted)
    }
}
