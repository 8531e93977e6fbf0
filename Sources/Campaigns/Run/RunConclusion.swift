// SPDX-License-Identifier: GPL-3.0-or-later

import ResultArchive
import Vocabulary

/// A whole run in one word, for an exit status.
package enum RunConclusion: Sendable, Hashable {
    /// Somebody stopped the run.
    case interrupted
    /// A kernel does not do what the model expects.
    case differs
    /// A mistake of ours kept a verdict from being reached.
    case failed
    /// Kernel, bench or suite kept a verdict from being reached, or there was nothing to judge.
    case inconclusive
    case agrees
}

extension RunOutcome {
    /// The worst that the run has to tell: a difference counts more than what is not known.
    package var conclusion: RunConclusion {
        // What was simulated says nothing of a kernel.
        let outcomes = boards.flatMap { $0.cases.map(\.outcome) }.filter { $0.simulation == nil }
        if wasInterrupted { return .interrupted }
        if outcomes.contains(where: { $0.word == .differs }) { return .differs }
        if outcomes.contains(where: { $0.fault?.kind == .harness }) { return .failed }
        // A board that failed behind its last case has evidence with a hole.
        let isOpen =
            outcomes.isEmpty || outcomes.contains { $0.word == .inconclusive }
            || boards.contains { $0.fault != nil }
        return isOpen ? .inconclusive : .agrees
    }
}
