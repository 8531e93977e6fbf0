// SPDX-License-Identifier: GPL-3.0-or-later

import Bisection
import Campaigns
import Foundation
import KernelTree
import ResultArchive
import SystemPackage
import Testing
import Vocabulary

@Suite("A bisection brings kernels to boards and keeps what they answer")
struct BisectCampaignTests {
    private static let broken = Fault(
        kind: .bench,
        account: Account(subject: "the board", action: "be reached", cause: "its cable is out"))

    private func with(
        _ count: Int, boards: [String] = ["a"], _ body: (PretendBisection) async throws -> Void
    ) async throws {
        let bisection = try PretendBisection(to: count, boards: boards)
        defer { bisection.remove() }
        try await body(bisection)
    }

    @Test("names each culprit, the ends on one board first", arguments: [["a"], ["a", "b", "c"]])
    func names(boards: [String]) async throws {
        for culprit in [1, 7, 20] {
            try await with(20, boards: boards) { bisection in
                let bench = PretendBench(culprit: culprit)
                let end = try await bisection.perform(bench)
                #expect(end.culprit == "\(culprit)")
                let ends = bench.boots.filter { ["0", "20"].contains($0.revision.text) }
                #expect(ends.map(\.revision.text) == ["20", "0"])
                #expect(Set(ends.map(\.board)).count == 1)
                #expect(Set(bench.boots.map(\.revision)).count == bench.boots.count)
            }
        }
    }

    @Test("What a bench fails at is tried on another board, and decides nothing")
    func retried() async throws {
        try await with(20, boards: ["a", "b"]) { bisection in
            let bench = PretendBench(
                culprit: 13,
                script: { _, board, attempt in
                    board.text == "b" && attempt == 1 ? .bench(Self.broken) : nil
                })
            let end = try await bisection.perform(bench)
            #expect(end.culprit == "13")
            let events = try bisection.events()
            let faulted = events.compactMap { event -> Revision? in
                if case .faulted(let revision, _, _) = event { revision } else { nil }
            }
            #expect(!faulted.isEmpty)
            for revision in faulted {
                let boots = bench.boots.filter { $0.revision == revision }
                #expect(boots.count == 1 || boots.last?.board.text == "a")
            }
            let lost = events.contains { if case .boardLost = $0 { true } else { false } }
            #expect(lost == (faulted.count >= 2))
        }
    }

    @Test("Without a board that works it stops, and goes on later where it was")
    func noBoardLeft() async throws {
        try await with(30, boards: ["a", "b"]) { bisection in
            let failing = PretendBench(
                culprit: 22,
                script: { revision, _, _ in
                    ["0", "30"].contains(revision.text) ? nil : .bench(Self.broken)
                })
            let stopped = try await bisection.perform(failing)
            let stop = try #require(stopped.stop)
            #expect(stop.kind == .bench)
            #expect("\(stop)".contains("its cable is out"))
            let before = try bisection.events().compactMap(\.record)
            let bench = PretendBench(culprit: 22)
            let end = try await bisection.perform(bench)
            #expect(end.culprit == "22")
            for record in before {
                #expect(!bench.boots.contains { $0.revision == record.revision })
            }
        }
    }

    @Test("What does not compile or boot is left out; what is only misused ends it")
    func skipped() async throws {
        try await with(20) { bisection in
            let bench = PretendBench(
                culprit: 16,
                makeFails: { revision in
                    if revision.text == "10" {
                        let kernel = try #require(KernelName("k"))
                        throw BuildFailure.refused(kernel: kernel, words: ["no"], log: "log")
                    }
                },
                script: { revision, _, _ in
                    ["11", "12"].contains(revision.text) ? .cannotTell(.notBooted, "it hangs") : nil
                })
            let end = try await bisection.perform(bench)
            #expect(end.culprit == "16")
        }
        try await with(20) { bisection in
            let misused = Fault(kind: .suite, account: Self.broken.account)
            let bench = PretendBench(culprit: 16, script: { _, _, _ in .misuse(misused) })
            let end = try await bisection.perform(bench)
            #expect(end.stop?.kind == .suite)
        }
    }

    @Test("A full disk stops it at once, and the journal keeps what was known")
    func noRoom() async throws {
        try await with(20) { bisection in
            let kernel = try #require(KernelName("k"))
            let bench = PretendBench(
                culprit: 16,
                makeFails: { revision in
                    guard ["0", "20"].contains(revision.text) else {
                        throw BuildFailure.noRoom(kernel: kernel, place: "/full")
                    }
                })
            let stopped = try await bisection.perform(bench)
            let stop = try #require(stopped.stop)
            #expect("\(stop)".contains("no space left"))
            let known = try bisection.events().compactMap(\.record)
            #expect(known.count == 2)
        }
    }

    @Test("One binary is booted once, whatever it is called")
    func binaries() async throws {
        try await with(40) { bisection in
            let bench = PretendBench(
                culprit: 24, binaries: { BinaryIdentity("\((Int($0.text) ?? 0) / 8)") })
            let end = try await bisection.perform(bench)
            #expect(end.culprit == "24")
            let booted = bench.boots.map { (Int($0.revision.text) ?? 0) / 8 }
            #expect(Set(booted).count == booted.count)
        }
        try await with(40) { bisection in
            let bench = PretendBench(culprit: 24, binaries: { _ in BinaryIdentity("same") })
            guard case .concluded(.wrongEnd(.sameBinary)) = try await bisection.perform(bench)
            else {
                Issue.record("two ends of one binary are searched")
                return
            }
        }
    }

    @Test("While boards wait for their firmware, the next kernel is made; none is made twice")
    func ahead() async throws {
        try await with(60) { bisection in
            let bench = PretendBench(
                culprit: 24,
                firmware: { bench, _ in
                    // The first boots last until another kernel was made.
                    let deadline = ContinuousClock.now + .seconds(30)
                    while bench.boots.count < 5, bench.makes.count <= bench.boots.count {
                        guard ContinuousClock.now < deadline else { throw NothingAhead() }
                        try await Task.sleep(for: .milliseconds(1))
                    }
                })
            let end = try await bisection.perform(bench)
            #expect(end.culprit == "24")
            #expect(Set(bench.makes).count == bench.makes.count)
            #expect(Set(bench.boots.map(\.revision)).count == bench.boots.count)
        }
    }

    @Test("What is made ahead is what one of the answers asks for, on as many boards as are used")
    func aheadForOneBoard() async throws {
        // On one board each half is halved; on two it would be cut in three.
        for culprit in [1, 2] {
            try await with(64, boards: ["a", "b"]) { bisection in
                let bench = PretendBench(
                    culprit: culprit, makeTook: .seconds(600),
                    firmware: { bench, _ in
                        let deadline = ContinuousClock.now + .seconds(30)
                        while (3..<7).contains(bench.boots.count),
                            bench.makes.count <= bench.boots.count
                        {
                            guard ContinuousClock.now < deadline else { throw NothingAhead() }
                            try await Task.sleep(for: .milliseconds(1))
                        }
                    })
                let end = try await bisection.perform(bench)
                #expect(end.culprit == "\(culprit)")
                let vain = Set(bench.makes).subtracting(bench.boots.map(\.revision))
                #expect(vain.isSubset(of: ["48", "24", "12", "6", "3"].map { Revision($0) }))
            }
        }
    }

    @Test("What is made ahead is given up once it would tell nothing, for what would")
    func aheadInVain() async throws {
        try await with(65) { bisection in
            let bench = PretendBench(
                culprit: 60,
                makeFails: { revision in
                    // Not until it is given up.
                    if (1..<32).contains(Int(revision.text) ?? 0) {
                        try await Task.sleep(for: .seconds(60))
                    }
                },
                firmware: { bench, revision in
                    let wanted = ["32": 1..<32, "48": 49..<65][revision.text]
                    let deadline = ContinuousClock.now + .seconds(30)
                    while let wanted,
                        !bench.makes.contains(where: { wanted.contains(Int($0.text) ?? 0) })
                    {
                        guard ContinuousClock.now < deadline else { throw NothingAhead() }
                        try await Task.sleep(for: .milliseconds(1))
                    }
                })
            let end = try await bisection.perform(bench)
            #expect(end.culprit == "60")
        }
    }

    private struct NothingAhead: Error {}

    @Test("A kernel that cannot be made ahead is left out before a board would ask for it")
    func brokenAhead() async throws {
        try await with(60) { bisection in
            let kernel = try #require(KernelName("k"))
            let bench = PretendBench(
                culprit: 24,
                makeFails: { revision in
                    guard ["0", "60"].contains(revision.text) || !(revision.text.hasSuffix("0"))
                    else {
                        throw BuildFailure.refused(kernel: kernel, words: ["no"], log: "log")
                    }
                },
                firmware: { bench, _ in
                    let deadline = ContinuousClock.now + .seconds(30)
                    while bench.boots.count < 3, bench.makes.count <= bench.boots.count {
                        guard ContinuousClock.now < deadline else { throw NothingAhead() }
                        try await Task.sleep(for: .milliseconds(1))
                    }
                })
            let end = try await bisection.perform(bench)
            #expect(end.culprit == "24")
            #expect(!bench.boots.contains { $0.revision.text == "30" })
            let skipped = try bisection.events().compactMap(\.record).contains { record in
                guard case .skipped = record.observation else { return false }
                return record.revision.text == "30"
            }
            #expect(skipped)
        }
    }

    @Test("Boards join and leave while it goes on; one that was left out comes back when asked for")
    func boards() async throws {
        try await with(500, boards: ["a"]) { bisection in
            let (wishes, wish) = AsyncStream<[BoardWish]>.makeStream()
            let (a, b) = (try #require(BoardName("a")), try #require(BoardName("b")))
            let bench = PretendBench(
                culprit: 333,
                firmware: { bench, _ in
                    // From the third boot on there is a second board, from the sixth on only that one.
                    let count = bench.boots.count
                    if count == 3 {
                        wish.yield([BoardWish(a, since: .now()), BoardWish(b, since: .now())])
                    }
                    if count == 6 { wish.yield([BoardWish(b, since: .now())]) }
                    try await Task.sleep(for: .milliseconds(20))
                })
            let end = try await bisection.perform(bench, wishes: wishes)
            #expect(end.culprit == "333")
            let boards = bench.boots.map(\.board)
            #expect(boards.prefix(3).allSatisfy { $0 == a })
            #expect(boards.contains(b))
            #expect(boards.suffix(2).allSatisfy { $0 == b })
            let chosen = try bisection.events().filter {
                if case .boardsChosen = $0 { true } else { false }
            }
            #expect(chosen.count == 2)
        }
    }

    @Test("Killed at any line it goes on, and repeats no boot that was answered")
    func resumed() async throws {
        try await with(50) { whole in
            let first = try await whole.perform(PretendBench(culprit: 37))
            #expect(first.culprit == "37")
            let path = whole.folder.path.appending("journal.jsonl").string
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            for count in 0...lines.count {
                // A killed process leaves whole lines, and perhaps a part of one.
                let left = lines[..<count].map { $0 + "\n" }.joined()
                let part = count < lines.count ? lines[count].prefix(20) : ""
                try (left + part).write(toFile: path, atomically: true, encoding: .utf8)
                let bench = PretendBench(culprit: 37)
                let end = try await whole.perform(bench)
                #expect(end.culprit == "37")
                let known = try whole.events().prefix(count).compactMap(\.record?.revision)
                #expect(bench.boots.allSatisfy { !known.contains($0.revision) })
            }
        }
    }

    @Test("A cancelled one ends as interrupted, and keeps what it knows")
    func cancelled() async throws {
        try await with(50) { bisection in
            let task = Task { try await bisection.perform(PretendBench(culprit: 37)) }
            task.cancel()
            let end = try await task.value
            guard case .interrupted = end else {
                Issue.record("it ends with \(end)")
                return
            }
            let later = try await bisection.perform(PretendBench(culprit: 37))
            #expect(later.culprit == "37")
        }
    }

    @Test("A damaged line in the middle of a journal is an error, not a hole")
    func damaged() async throws {
        try await with(10) { bisection in
            _ = try await bisection.perform(PretendBench(culprit: 3))
            let path = bisection.folder.path.appending("journal.jsonl").string
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try ("{}\n" + text).write(toFile: path, atomically: true, encoding: .utf8)
            #expect(throws: ArchiveError.self) { try bisection.folder.readJournal() }
        }
    }
}
