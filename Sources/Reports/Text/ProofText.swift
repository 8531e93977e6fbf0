// SPDX-License-Identifier: GPL-3.0-or-later

import Judgement

extension TextReport {
    /// Tells what devices have shown that act by themselves, and which interrupts none of them made.
    static func proofs(_ report: RunReport, _ ink: Ink) -> [String] {
        Proof.Weight.allCases.flatMap { weight in
            let told = report.cases.flatMap { lines(of: $0, weight, ink) }
            return told.isEmpty ? [] : [ink.bold(heading(of: weight))] + told
        }
    }

    private static func lines(
        of found: CaseReport, _ weight: Proof.Weight, _ ink: Ink
    ) -> [String] {
        let proofs = found.judgement.proofs.filter { $0.weight == weight }
        guard !proofs.isEmpty else { return [] }
        let simulated = found.isSimulated ? " (simulated)" : ""
        return ["    \(found.board) \(found.title)\(simulated)"]
            + proofs.map { "        " + ink.dim("step \($0.step):") + " \(safe($0.sentence))" }
    }

    private static func heading(of weight: Proof.Weight) -> String {
        switch weight {
        case .proved: "proved"
        case .open: "tried, and not proved"
        case .synthetic: "synthetic"
        }
    }
}
