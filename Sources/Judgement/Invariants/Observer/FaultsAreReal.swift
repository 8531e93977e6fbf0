// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let faultsAreReal = Invariant(
        id: .observer(6), name: "faults-are-real",
        statement: "The kernel's log tells of no more SMMU faults than the SMMU has recorded.",
        generations: .observable, needs: [.log, .observer],
        reason: "arm_smmu_evtq_thread prints each event once, arm-smmu-v3.c, 6.1"
    ) { judged in
        var seen = Observations(.observer(6))
        guard let log = judged.evidence.log else { return seen }
        let logged = SMMUFault.all(in: log)
        if logged.isEmpty { return seen }
        if let reason = judged.steps.lazy.compactMap({ $0.blindness(of: ObserverPoint.fault) })
            .first
        {
            seen.cannotSee(reason)
            return seen
        }
        let recorded = judged.recordedFaults
        seen.check(
            logged.count <= recorded.count, "the kernel's log",
            expected: "at most \(recorded.count) faults, for as many the SMMU recorded",
            observed: "\(logged.count) faults", basis: Basis.law,
            lines: logged.prefix(4).map(\.line) + recorded.lines.prefix(4))
        return seen
    }
}

extension JudgedCase {
    /// What the SMMU recorded in the whole case: the log may tell of it later than it happened.
    fileprivate var recordedFaults: (count: UInt64, lines: [RawLine]) {
        let windows = [evidence.before, evidence.after] + steps.map(\.seen)
        let records = windows.flatMap { $0.observer?.records ?? [] }.filter {
            if case .recorded = $0.event { true } else { false }
        }
        return (records.reduce(0) { $0 &+ $1.count }, records.map(\.line))
    }
}
