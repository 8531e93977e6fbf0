// SPDX-License-Identifier: GPL-3.0-or-later

import Bisection
import Foundation
import SystemPackage
import Vocabulary

/// How many boots a search takes on a history of 1,000 revisions: against the least that is possible,
/// against git's own bisection, and for symptoms that come and go against asking thrice.
struct BisectBench {
    private let bench: Bench

    private static let candidates = 1000
    private static let runs = 1000
    /// How many culprits git is asked to find: it takes a second for each.
    private static let gitRuns = 20

    init(_ bench: Bench) { self.bench = bench }

    /// Counts boots; no time is measured.
    /// - Throws: what git throws; `WrongCulprit` where either side is wrong about a sure symptom.
    func measure() async throws -> [BenchFigure] {
        let line = try BisectGame.line(candidates: Self.candidates)
        var figures = try [1, 2, 4, 8].map { try rounds(line, boards: $0) }
        for hasMerges in [false, true] { figures.append(try await besideGit(hasMerges: hasMerges)) }
        for (symptom, price) in Self.symptoms { figures += try flaky(symptom, line, price) }
        return figures
    }

    /// The most rounds that any culprit takes, beside the least that tell so many apart.
    private func rounds(_ line: History, boards: Int) throws -> BenchFigure {
        var most = 0
        for culprit in 1...Self.candidates {
            var game = BisectGame(line)
            let end = try game.play(boards: boards) { revision in
                (Int(revision.text) ?? 0) >= culprit ? .bad : .good
            }
            try Self.check(end, line.revisions[culprit])
            most = max(most, game.rounds)
        }
        var (least, reach) = (0, 1)
        while reach < Self.candidates { (least, reach) = (least + 1, reach * (boards + 1)) }
        return BenchFigure(
            name: "bisect, \(boards) board\(boards == 1 ? "" : "s")", unit: "rounds",
            ours: Double(most), peer: Double(least), peerName: "⌈log \(boards + 1)⌉",
            rule: .ratio(atMost: 1))
    }

    /// The most boots that one board needs, beside how often git runs its script for the same culprits.
    ///
    /// Which culprits are found a boot earlier than others is chance on either side.
    private func besideGit(hasMerges: Bool) async throws -> BenchFigure {
        try await bench.withFolder { folder in
            let repository = GeneratedRepository(
                folder: folder.appending("history.git"),
                parents: GeneratedRepository.parents(Self.candidates + 1, hasMerges: hasMerges))
            try await repository.make()
            let history = try repository.history()
            var (ours, theirs) = (0, 0)
            var generator = SplitMix(seed: 1)
            for _ in 0..<(bench.rounds ?? Self.gitRuns) {
                let place = Int.random(in: 1..<history.revisions.count, using: &generator)
                let culprit = history.revisions[place]
                ours = max(ours, try probes(history, repository, culprit))
                let found = try await repository.bisect(culprit: Int(culprit.text) ?? 0)
                guard found.isRight else { throw WrongCulprit(wanted: culprit, found: "git's") }
                theirs = max(theirs, found.probes)
            }
            return BenchFigure(
                name: "bisect, \(hasMerges ? "merges" : "a line")", unit: "boots",
                ours: Double(ours), peer: Double(theirs), peerName: "git bisect run",
                rule: .ratio(atMost: 1))
        }
    }

    private func probes(
        _ history: History, _ repository: GeneratedRepository, _ culprit: Revision
    ) throws -> Int {
        let guilty = repository.descendants(of: Int(culprit.text) ?? 0)
        var game = BisectGame(history)
        let end = try game.play(boards: 1) { revision in
            guilty.contains(Int(revision.text) ?? 0) ? .bad : .good
        }
        try Self.check(end, culprit)
        return game.probes
    }

    /// Each with what being right may cost beside asking thrice.
    ///
    /// With three answers of ten wrong a boot tells 0.12 bits, so that 1,000 revisions take 84 boots
    /// and more.
    private static let symptoms = [
        (FlakySymptom(missedIn: 10), 1.3), (FlakySymptom(missedIn: 30), 2),
        (FlakySymptom(wrongIn: 10), 1.3), (FlakySymptom(wrongIn: 30), 5),
    ].compactMap { symptom, price in symptom.map { ($0, price) } }

    private func flaky(
        _ symptom: FlakySymptom, _ line: History, _ price: Double
    ) throws -> [BenchFigure] {
        let race = FlakyRace(symptom: symptom, history: line, runs: Self.runs)
        let (ours, peer) = (try race.ours(), race.majorityOfThree())
        let share = { (count: Int) in 100 * Double(count) / Double(Self.runs) }
        let mean = { (count: Int) in Double(count) / Double(Self.runs) }
        return [
            BenchFigure(
                name: "bisect, \(symptom.name)", unit: "% wrong", ours: share(ours.wrong),
                peer: share(peer.wrong), peerName: "majority of three", rule: .amount(atMost: 1)),
            BenchFigure(
                name: "bisect, \(symptom.name)", unit: "boots", ours: mean(ours.probes),
                peer: mean(peer.probes), peerName: "majority of three", rule: .ratio(atMost: price)),
        ]
    }

    private static func check(_ conclusion: Conclusion?, _ culprit: Revision) throws {
        guard BisectGame.isRight(conclusion, culprit) else {
            throw WrongCulprit(wanted: culprit, found: "\(conclusion.map { "\($0)" } ?? "nothing")")
        }
    }
}

extension GeneratedRepository {
    /// The numbers of all commits that have this one in their past.
    fileprivate func descendants(of culprit: Int) -> Set<Int> {
        var guilty: Set<Int> = [culprit]
        for (number, parents) in parents.enumerated() where parents.contains(where: guilty.contains)
        {
            guilty.insert(number)
        }
        return guilty
    }
}

/// A bisection that names the wrong revision: it measures nothing.
struct WrongCulprit: Blame, Hashable {
    let wanted: Revision
    let found: String

    var kind: FaultKind { .harness }

    var account: Account {
        Account(
            subject: "a bisection", action: "be measured",
            cause: "the culprit is \(wanted), and it ends with \(found)")
    }
}
