// SPDX-License-Identifier: GPL-3.0-or-later

import Bisection
import Testing
import Vocabulary

@Suite struct SkipTests {
    private static let reason = SkipReason(.doesNotBuild, "an error")

    @Test func `what was skipped around the culprit stays open, as with git`() throws {
        for seed in UInt64(1)...200 {
            var generator = SplitMix(seed: seed)
            let count = Int.random(in: 3...60, using: &generator)
            let culprit = Int.random(in: 1..<count, using: &generator)
            let skipped = Set(
                (1..<count - 1).filter { _ in
                    Int.random(in: 0..<3, using: &generator) == 0
                })
            let played = try Played.play(Search(.line(count))) { revision in
                if skipped.contains(number(revision)) { return .skipped(Self.reason) }
                return number(revision) >= culprit ? .bad : .good
            }
            // By the definition: behind the last good that can be judged, up to the first such bad.
            let bad = (culprit..<count).first { !skipped.contains($0) } ?? -1
            let good = (0..<culprit).last { !skipped.contains($0) } ?? -1
            let open = (good + 1...bad).map(InventedHistory.name)
            switch played.search.conclusion {
            case .culprit(let found)?: #expect([found.revision] == open, "seed \(seed)")
            case .undecided(let left)?: #expect(left.candidates == open, "seed \(seed)")
            default: Issue.record("seed \(seed) ends with \(played.search.conclusion as Any)")
            }
            #expect(Set(played.probes).count == played.probes.count, "seed \(seed)")
        }
    }

    @Test func `a wide range that does not build is left behind in few boots`() throws {
        let broken = 400...600
        let played = try Played.play(Search(.line(1001))) { revision in
            if broken.contains(number(revision)) { return .skipped(Self.reason) }
            return number(revision) >= 900 ? .bad : .good
        }
        #expect(played.culprit == InventedHistory.name(900))
        #expect(played.probes.count <= 12 + 10)
    }

    @Test func `a binary that was skipped is not tried under another name`() throws {
        var search = try Search(.line(4))
        for number in 1...2 {
            try search.add(
                SearchRecord(InventedHistory.name(number), .binary(BinaryIdentity("same"))))
        }
        let played = try Played.play(search) { revision in
            switch number(revision) {
            case 0: .good
            case 3: .bad
            default: .skipped(Self.reason)
            }
        }
        #expect(played.probes.count == 3)
        guard case .undecided(let left)? = played.search.conclusion else {
            Issue.record("it ends with \(played.search.conclusion as Any)")
            return
        }
        // What was compiled to the same binary as the one before is no culprit.
        #expect(left.candidates == [1, 3].map(InventedHistory.name))
    }
}
