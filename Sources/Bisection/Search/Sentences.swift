// SPDX-License-Identifier: GPL-3.0-or-later

extension Contradiction {
    /// What was seen, and what to do about it.
    package var sentence: String {
        if let unsteady {
            return "\(unsteady) was seen both good and bad: the symptom comes and goes; "
                + "bisect again with --flaky"
        }
        let changes = ranges.map { range in
            "from \(range.good.map { "\($0)" } ?? "before it") to \(range.bad)"
                + " (\(range.candidates) revisions)"
        }
        return "no single revision explains what was seen; it turns bad \(ranges.count) times: "
            + changes.joined(separator: "; ")
            + "; bisect each of them, or with --flaky where the symptom comes and goes"
    }
}

extension EndTrouble {
    /// What is wrong with the ends, and what to do about it.
    package var sentence: String {
        switch self {
        case .goodIsBad: "the good end is bad: name an older one as good"
        case .badIsGood:
            "the bad end is good: the symptom does not show there; look for another symptom, or in "
                + "another suite, and bisect with --flaky where it comes and goes"
        case .cannotBeJudged(let revision, let reason):
            "the end \(revision) cannot be judged: \(reason.words)"
        case .sameBinary:
            "both ends are compiled to the same code: what differs is not in the kernel"
        }
    }
}
