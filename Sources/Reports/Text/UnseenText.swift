// SPDX-License-Identifier: GPL-3.0-or-later

import Judgement
import ReferenceModel

extension TextReport {
    /// What was not observed never counts as held, so it is told.
    static func unseen(_ report: RunReport, _ ink: Ink, isVerbose: Bool) -> [String] {
        var counts: [String: Int] = [:]
        var folded: Set<String> = []
        for found in report.cases {
            for result in found.judgement.results {
                guard case .notObserved(let reason) = result.state else { continue }
                if !isVerbose, isBeyondVirtualBoards(result.invariant, found.judgement.choice) {
                    folded.insert(result.invariant.text)
                } else {
                    counts["\(result.invariant)  \(safe(reason))", default: 0] += 1
                }
            }
        }
        guard !counts.isEmpty || !folded.isEmpty else { return [] }
        let lines = counts.sorted { $0.key < $1.key }.map { line, count in
            "    \(line)" + (count == 1 ? "" : " (\(count) cases)")
        }
        return [ink.bold("not observed")] + lines + fold(folded)
    }

    private static func fold(_ folded: Set<String>) -> [String] {
        guard !folded.isEmpty else { return [] }
        return [
            "    \(folded.sorted().joined(separator: ", ")): no virtual board can show them "
                + "(--verbose says why)"
        ]
    }

    /// Whether it takes more than QEMU has, so that a run without it is nobody's omission.
    private static func isBeyondVirtualBoards(
        _ id: InvariantID, _ choice: GenerationChoice?
    ) -> Bool {
        guard let generation = choice?.generation,
            let coverage = InvariantCatalogue.invariant(id)?.coverage(in: generation)
        else { return false }
        return coverage != .virtualBoard
    }
}
