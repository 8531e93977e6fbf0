// SPDX-License-Identifier: GPL-3.0-or-later

/// What is concluded otherwise from the same evidence, because the model or the invariants changed.
package struct VerdictChange: Sendable, Hashable, Codable {
    package let before: Verdict
    package let now: Verdict
    /// Findings that were not there before.
    package let appeared: [Finding]
    /// Findings that are no more.
    package let vanished: [Finding]
    /// Whether the places where doorbells were seen are read otherwise.
    package let sightingsDiffer: Bool

    /// Compares two judgements of one case; nothing when they conclude the same.
    package init?(from before: CaseJudgement, to now: CaseJudgement) {
        self.before = before.verdict
        self.now = now.verdict
        appeared = Self.findings(of: now, without: before)
        vanished = Self.findings(of: before, without: now)
        sightingsDiffer = before.keyFacts != now.keyFacts
        let isSame = before.verdict.word == now.verdict.word && appeared.isEmpty
        if isSame, vanished.isEmpty, !sightingsDiffer { return nil }
    }

    /// Which lines a finding quotes is no matter of what it says.
    private static func findings(
        of judgement: CaseJudgement, without other: CaseJudgement
    ) -> [Finding] {
        let known = Set(other.verdict.findings.map(\.description))
        return judgement.verdict.findings.filter { !known.contains($0.description) }
    }
}

extension Verdict {
    /// What decided, where the kernel differs.
    package var findings: [Finding] {
        if case .differs(let findings) = self { findings } else { [] }
    }

    /// `agrees`, `differs` or `inconclusive`.
    package var word: String {
        switch self {
        case .agrees: "agrees"
        case .differs: "differs"
        case .inconclusive: "inconclusive"
        }
    }
}
