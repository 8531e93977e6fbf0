// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let unmapReachesSMMU = Invariant(
        id: .observer(5), name: "unmap-reaches-smmu",
        statement:
            "When the kernel reports an unmap, it has the SMMU forget all addresses of it before the step ends.",
        generations: .observable, needs: [.trace, .observer],
        reason:
            "iommu_unmap ends with iommu_iotlb_sync, drivers/iommu/iommu.c, and vfio_sync_unpin, vfio_iommu_type1.c, 6.1"
    ) { judged in
        var seen = Observations(.observer(5))
        for step in judged.steps {
            let gone = judged.unmaps(during: step.position).filter {
                $0.removed != nil && $0.domain?.isHost == false
            }
            guard !gone.isEmpty else { continue }
            if let reason = step.blindness(of: ObserverPoint.forgetting) {
                seen.cannotSee(reason)
                continue
            }
            let forgotten = ForgottenAddresses(step.seen.observer?.records ?? [])
            for event in gone {
                guard let range = event.removed else { continue }
                seen.check(
                    forgotten.covers(range), "\(range) during \(step.record.subject)",
                    expected: "a command to the SMMU to forget it",
                    observed: "none that covers it, of \(forgotten.commands)",
                    basis: Basis.law, lines: [event.line] + forgotten.lines.prefix(4))
            }
        }
        return seen
    }
}

/// What the SMMU was told to forget during a step, for each address space of its own.
private struct ForgottenAddresses {
    private(set) var commands = 0
    private(set) var lines: [RawLine] = []
    private var hasAll = false
    private var spaces: [UInt32: [IOVARange]] = [:]

    init(_ records: [ObserverRecord]) {
        for record in records {
            guard case .forgot(let space, let range) = record.event else { continue }
            commands += 1
            lines.append(record.line)
            if let space, let range {
                spaces[space, default: []].append(range)
            } else {
                hasAll = true
            }
        }
        spaces = spaces.mapValues(Self.joined)
    }

    /// Whether one address space was told of all of a range.
    func covers(_ range: IOVARange) -> Bool {
        hasAll || spaces.values.contains { $0.contains { $0.contains(range) } }
    }

    private static func joined(_ ranges: [IOVARange]) -> [IOVARange] {
        ranges.sorted { $0.first < $1.first }.reduce(into: []) { joined, next in
            guard let last = joined.last, last.last.rawValue != .max,
                next.first.rawValue <= last.last.rawValue + 1
            else { return joined.append(next) }
            let end = max(last.last, next.last)
            joined[joined.count - 1] = IOVARange(first: last.first, last: end) ?? last
        }
    }
}
