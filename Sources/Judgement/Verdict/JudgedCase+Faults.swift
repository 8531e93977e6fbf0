// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension JudgedCase {
    /// The first damage in the kinds of evidence that an invariant needs.
    func damage(to needs: Set<Invariant.Need>) -> Damage? {
        evidence.damage.first { $0.source.need.map(needs.contains) ?? false }?.damage
            ?? (needs.contains(.trace) ? undecided : nil)
    }

    /// Record and expectation tell different stories: nothing can be compared then.
    var mismatch: Fault? {
        guard isMismatched else { return nil }
        return fault(
            .harness, "the expectation was made for other steps than the record holds",
            "Predict again from the record's own steps")
    }

    /// Why a case without findings still cannot be said to agree.
    var obstacle: Fault? {
        // Who sees the board from outside can be missed: then nothing rests on it.
        let decisive = evidence.damage.first { $0.source != .observer }
        if let damage = decisive?.damage ?? undecided { return damage.fault }
        if let program = evidence.record.program, let fault = programFault(program) { return fault }
        let undone = steps.first {
            $0.record.notDone != nil && $0.expected.outcome.canBeCarriedOut
        }
        if let undone {
            return fault(
                undone.record.blames ?? .harness,
                "\(undone.record.subject) was not carried out: \(undone.record.notDone ?? "")",
                "See the case's journal")
        }
        if trace == nil, steps.contains(where: \.needsTrace) {
            return fault(
                .bench, "no trace of the iommu events was kept",
                "See whether the kernel has CONFIG_EVENT_TRACING and tracefs is mounted")
        }
        return nil
    }

    var nothingSeen: Fault {
        fault(
            .suite, "the case holds no step that any invariant can be observed on",
            "Add steps that arm or map")
    }

    func fault(_ kind: FaultKind, _ cause: String, _ remedy: String) -> Fault {
        Fault(
            kind: kind,
            account: Account(
                subject: "case \(evidence.record.name) on \(evidence.record.board)",
                action: "be judged", cause: cause, remedy: remedy))
    }
}

extension JudgedStep {
    /// Whether it made the kernel map or unmap something.
    fileprivate var needsTrace: Bool {
        record.succeeded
            && !(expected.userMaps.isEmpty && expected.userUnmaps.isEmpty
                && expected.messages.isEmpty)
    }
}

extension RawText.Source {
    /// The kind of evidence that an invariant asks for by it.
    fileprivate var need: Invariant.Need? {
        switch self {
        case .trace, .traceStatistics: .trace
        case .interrupts: .interrupts
        case .reservedRegions: .reservedRegions
        case .configurationSpace, .msixTable, .pendingBits: .messages
        case .kernelLog: .log
        case .groupType: .groupTypes
        case .observer: .observer
        default: nil
        }
    }
}
