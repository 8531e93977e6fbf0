// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Vocabulary

/// The accesses that the SMMU refused, as the trace and the log of each step tell them.
struct FaultReadings: Sendable {
    /// The kernel logs no more than this many faults in five seconds, so that a silent log proves
    /// nothing after them (`DEFAULT_RATELIMIT_BURST`, `include/linux/ratelimit_types.h`, 6.1).
    static let burst = 10

    /// What was seen of faults during a step.
    struct Reading: Sendable {
        /// Whether its log was read, or a trace of page faults was kept.
        let isRead: Bool
        let lines: [RawLine]
        /// The IOVAs of those faults that tell one.
        let addresses: Set<IOVA>
        /// How many faults the kernel had logged before in the case.
        let before: Int
    }

    private var readings: [Reading] = []

    init(_ evidence: CaseEvidence, trace: TraceIndex?) {
        var before = 0
        for (position, step) in evidence.steps.enumerated() {
            let logged = SMMUFault.all(in: step.log ?? [])
            let traced = (trace?.during(position) ?? []).compactMap { event -> (IOVA, RawLine)? in
                guard case .pageFault(_, let iova) = event.record.event else { return nil }
                return (iova, event.line)
            }
            readings.append(
                Reading(
                    isRead: step.log != nil, lines: logged.map(\.line) + traced.map(\.1),
                    addresses: Set(logged.compactMap(\.address) + traced.map(\.0)), before: before))
            before += logged.count
        }
    }

    func during(_ step: Int) -> Reading {
        readings.indices.contains(step)
            ? readings[step] : Reading(isRead: false, lines: [], addresses: [], before: 0)
    }
}

extension FaultReadings.Reading {
    /// Whether the SMMU refused something; nothing where a silent log proves nothing.
    var hasFault: Bool? {
        if !lines.isEmpty { return true }
        return isRead && before < FaultReadings.burst ? false : nil
    }

    /// Why nothing can be said.
    var blindness: String {
        isRead
            ? "the kernel limits how many faults it logs, and \(before) were logged before"
            : "the kernel's log was not read during the step"
    }
}
