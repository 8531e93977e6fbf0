// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import ReferenceModel
import Vocabulary

/// The time that judging takes for each step, of short runs and of long ones.
///
/// The peer is the judge itself on a run a tenth as long: in linear time both are the same.
struct JudgeBench {
    var rounds = 3

    /// Measures runs of 1,000, 10,000 and 100,000 steps.
    ///
    /// - Throws: `ModelError`, or `WrongVerdict` where the story is not judged to agree.
    func measure() throws -> [BenchFigure] {
        let times = try [1_000, 10_000, 100_000].map { (steps: $0, time: try time(of: $0)) }
        return zip(times.dropFirst(), times).map { long, short in
            BenchFigure(
                name: "judge \(long.steps)", unit: "µs/step", ours: long.time, peer: short.time,
                peerName: "\(short.steps) steps", rule: .ratio(atMost: 1.5))
        }
    }

    /// The story must be a real one: a judge that finds fault does other work.
    struct WrongVerdict: Error, CustomStringConvertible {
        let verdict: Verdict
        var description: String { "the story of the judge's bench was judged: \(verdict)" }
    }

    /// The best of the rounds, in microseconds for each step.
    private func time(of steps: Int) throws -> Double {
        let story = try JudgeStory(steps: steps)
        let clock = ContinuousClock()
        var best = Duration.seconds(3_600)
        for _ in 0..<rounds {
            let start = clock.now
            let judgement = judge(
                story.evidence, expectation: story.expectation, board: story.board)
            best = min(best, start.duration(to: clock.now))
            guard judgement.verdict == .agrees else {
                throw WrongVerdict(verdict: judgement.verdict)
            }
        }
        return best / .microseconds(1) / Double(steps)
    }
}
