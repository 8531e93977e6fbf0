// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds what somebody may have meant.
enum Spelling {
    /// Finds the known word nearest to a misspelt one; nothing when none is near.
    static func nearest(to word: String, among known: [String]) -> String? {
        let limit = max(1, word.count / 3)
        let candidates = known.map { Candidate($0, for: word) }
        return candidates.filter { $0.distance <= limit }.min { $0.isNearer(than: $1) }?.word
    }

    private struct Candidate {
        let word: String
        let distance: Int
        let sharedBeginning: Int

        init(_ word: String, for misspelt: String) {
            let (left, right) = (misspelt.lowercased(), word.lowercased())
            self.word = word
            distance = Spelling.distance(left, right)
            sharedBeginning = zip(left, right).prefix { $0 == $1 }.count
        }

        func isNearer(than other: Candidate) -> Bool {
            (distance, -sharedBeginning) < (other.distance, -other.sharedBeginning)
        }
    }

    /// Says what to write instead of a word that is not known.
    static func advice(for word: String, among known: [String]) -> String {
        if let nearest = nearest(to: word, among: known) { return "did you mean '\(nearest)'?" }
        return known.isEmpty ? "none are known here" : "known are \(known.joined(separator: ", "))"
    }

    /// Counts insertions, deletions, substitutions and swaps of neighbours between two words.
    static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left.unicodeScalars.prefix(100)), Array(right.unicodeScalars))
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let same = left[row] == right[column]
                var best = min(
                    last[column] + (same ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1],
                    left[row - 1] == right[column]
                {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
