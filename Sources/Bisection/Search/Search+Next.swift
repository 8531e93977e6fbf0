// SPDX-License-Identifier: GPL-3.0-or-later

extension Search {
    /// Says what to boot on so many boards that are free; fewer where fewer boots tell anything.
    ///
    /// The ends come first, one after the other, so that one board can look at both; other boards
    /// begin in the middle meanwhile. What other boards are at is pending: it is taken into account.
    /// Where every boot is believed, no revision is named twice.
    package func next(free: Int, besides pending: [Revision] = []) -> [Revision] {
        guard free > 0, conclusion == nil else { return [] }
        let running = pending.compactMap { history.place(of: $0) }
        let end = nextEnd(besides: running).map { [$0] } ?? []
        let rest = middle(free: free - end.count, besides: running + end)
        return (end + rest).map { history.revisions[$0] }
    }

    /// Whether a revision is one of the two ends.
    package func isEnd(_ revision: Revision) -> Bool {
        revision == history.good || revision == history.bad
    }

    private func nextEnd(besides running: [Int]) -> Int? {
        let ends = [history.revisions.count - 1, 0]
        guard !running.contains(where: ends.contains) else { return nil }
        return ends.first { !isSeen($0) }
    }

    private func middle(free: Int, besides running: [Int]) -> [Int] {
        guard free > 0 else { return [] }
        if let posterior, let noise {
            return NoisyChoice(self, posterior, noise).choose(free, besides: running)
        }
        return switch history.ancestry {
        case .line: LineChoice(self).choose(free, besides: running)
        case .graph: GraphChoice(self).choose(free, besides: running)
        }
    }
}

extension Search {
    /// Whether a boot of this revision would still tell anything.
    package func isWorthBooting(_ revision: Revision) -> Bool {
        guard let place = history.place(of: revision), conclusion == nil else { return false }
        return !isSkipped(place) && !isDecided(revision)
    }
}
