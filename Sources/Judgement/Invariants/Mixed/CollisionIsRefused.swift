// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let collisionIsRefused = Invariant(
        id: .msi(24), name: "collision-is-refused",
        statement:
            "A user map over a live doorbell ends with EEXIST and a warning, and the doorbell's IOVA is never given twice.",
        generations: [.mixed], needs: [.calls, .trace],
        reason:
            "reserve_iova reports no collision, drivers/iommu/iova.c, 4.9; arm_lpae_init_pte refuses, io-pgtable-arm.c"
    ) { judged in
        var seen = Observations(.msi(24))
        for step in judged.steps {
            guard let range = step.mapRange(judged.board.pageSize) else { continue }
            for domain in judged.history.moments[step.position].domains {
                let live = judged.liveDoorbellMaps(in: domain, after: step.position - 1)
                let hit = live.filter { $0.map?.range.overlaps(range) ?? false }
                // What overlaps the user's own maps never comes to the page table.
                guard !hit.isEmpty, step.expected.log.contains(.warning), seen.wasDone(step)
                else { continue }
                judged.judgeCollision(step, with: hit, in: domain, &seen)
            }
        }
        return seen
    }
}

extension JudgedCase {
    fileprivate func judgeCollision(
        _ step: JudgedStep, with hit: [AttributedEvent], in domain: DomainLife,
        _ seen: inout Observations
    ) {
        let errno = step.record.firstFailure?.errno ?? .none
        let warned = step.seen.log.map { $0.contains { TroubleKind($0.message) == .warning } }
        let ranges = hit.compactMap(\.map?.range)
        let kept = Set(liveDoorbellMaps(in: domain, after: step.position).map(\.line))
        let again = doublePlaces(after: step, in: domain)
        seen.check(
            errno == .exists && warned != false && hit.allSatisfy { kept.contains($0.line) }
                && again.isEmpty,
            step.record.subject,
            expected: "EEXIST, a warning, and the doorbell alone at \(ranges)",
            observed: "\(errno)\(warned == false ? ", no warning" : ""), "
                + "\(again.count) later messages elsewhere",
            lines: step.record.callLines + hit.map(\.line) + again.flatMap(\.lines))
    }

    /// The messages of the next armings in a domain that are not where the model places them: an
    /// allocator that gives an IOVA twice cannot map there, and what it composes is all ones.
    private func doublePlaces(after step: JudgedStep, in domain: DomainLife) -> [SeenMessage] {
        steps[(step.position + 1)...].prefix(64)
            .filter { deviceDomain(at: $0.position) == domain && $0.isArming }
            .flatMap { messages.armed(by: $0.position) }
            .filter { $0.expected?.address.allows($0.message.address) == false }
    }
}
