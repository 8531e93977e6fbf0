// SPDX-License-Identifier: GPL-3.0-or-later

import Bisection
import Vocabulary

/// Many seeded searches for a symptom that comes and goes, beside the same ones by majority of three.
struct FlakyRace {
    let symptom: FlakySymptom
    let history: History
    let runs: Int

    /// How many searches were wrong, and how many boots all took.
    struct Tally: Hashable {
        var wrong = 0
        var probes = 0
    }

    func ours() throws -> Tally {
        var tally = Tally()
        for seed in 1...runs {
            var (culprit, generator) = draw(seed)
            var game = BisectGame(history, noise: symptom.noise)
            let end = try game.play(boards: 1) { revision in
                let isGuilty = (Int(revision.text) ?? 0) >= culprit
                return symptom.isBad(isGuilty, &generator) ? .bad : .good
            }
            tally.probes += game.probes + 2
            if !BisectGame.isRight(end, history.revisions[culprit]) { tally.wrong += 1 }
        }
        return tally
    }

    /// What people do: halve as git does, and boot each kernel until two answers agree.
    func majorityOfThree() -> Tally {
        var tally = Tally()
        for seed in 1...runs {
            var (culprit, generator) = draw(seed)
            var (good, bad) = (0, history.revisions.count - 1)
            while bad - good > 1 {
                let middle = (good + bad) / 2
                var answers = (good: 0, bad: 0)
                while max(answers.good, answers.bad) < 2 {
                    tally.probes += 1
                    if symptom.isBad(middle >= culprit, &generator) {
                        answers.bad += 1
                    } else {
                        answers.good += 1
                    }
                }
                if answers.bad == 2 { bad = middle } else { good = middle }
            }
            if bad != culprit { tally.wrong += 1 }
        }
        return tally
    }

    /// The same culprit for both sides.
    private func draw(_ seed: Int) -> (culprit: Int, generator: SplitMix) {
        var generator = SplitMix(seed: UInt64(seed))
        let culprit = Int.random(in: 1..<history.revisions.count, using: &generator)
        return (culprit, generator)
    }
}
