// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let lostIsOutOfReach = Invariant(
        id: .observer(2), name: "lost-is-out-of-reach",
        statement:
            "What the kernel reported to be unmapped, or what a device has left behind with its domain, the SMMU does not lead that device to any more.",
        generations: .observable, needs: [.trace, .transfers, .observer],
        reason: "iommu_unmap and arm_smmu_detach_dev invalidate what they take out, 6.1"
    ) { judged in
        var seen = Observations(.observer(2))
        guard judged.reported != nil else { return seen }
        let lost = judged.accesses.filter(judged.isLost)
        for access in lost {
            let maps = judged.lostMaps(access)
            seen.find(
                access.subject, expected: "no way to where a map led that is gone",
                observed: access.deed, basis: Basis.law,
                lines: [access.record.line] + maps.prefix(2).map(\.line))
        }
        for step in judged.steps { judged.look(at: step, besides: lost, &seen) }
        return seen
    }
}

extension JudgedCase {
    /// Whether the SMMU led a device to where it should not get any more.
    ///
    /// Outside of all containers a host driver may use the same addresses for other pages.
    func isLost(_ access: SeenAccess) -> Bool {
        let maps = lostMaps(access)
        guard !maps.isEmpty else { return false }
        switch access.place {
        case .between: return false
        case .outside: return maps.contains { $0.target(of: access.from) == access.to }
        case .inside(let domain):
            let step = access.step.position
            return reported?.live(at: access.from, in: domain, during: step).isEmpty ?? false
        }
    }

    fileprivate func lostMaps(_ access: SeenAccess) -> [ReportedMap] {
        reported?.lost(
            at: access.from, by: access.name, in: access.domain, before: access.step.position) ?? []
    }

    /// Holds where a device has tried to get there, and the SMMU was seen not to let it.
    fileprivate func look(
        at step: JudgedStep, besides lost: [SeenAccess], _ seen: inout Observations
    ) {
        guard case .transfer(let name, _) = step.record.step, let moved = step.record.transfer,
            stream(of: moved.device) != nil, let reported
        else { return }
        let domain: DomainLife? =
            if case .inside(let domain) = place(of: name, during: step) { domain } else { nil }
        let gone = reported.lost(
            at: moved.address, by: name, in: domain, before: step.position)
        let live = domain.map {
            reported.live(at: moved.address, in: $0, during: step.position)
        }
        guard !gone.isEmpty, live?.isEmpty ?? true else { return }
        if let reason = step.blindness(of: ObserverPoint.translation) {
            seen.cannotSee(reason)
        } else if !lost.contains(where: { $0.step.position == step.position }) {
            seen.hold()
        }
    }
}
