// SPDX-License-Identifier: GPL-3.0-or-later

package import Bisection
import KernelTree
package import ResultArchive
package import Vocabulary

/// Brings what a search asks for to boards, and what they answer to the search.
///
/// Kernels are made while others are booted. What was answered is in the journal before anything rests
/// on it, so that another process can go on at any time.
package struct BisectCampaign {
    package private(set) var search: Search
    private let bench: any ProbeBench
    private let journal: BisectionJournal
    private let watch: @Sendable (BisectionStep) -> Void
    private var pool: BoardPool
    private var probes: [Int: Probe] = [:]
    private var waiting: [Retry] = []
    private var tickets = 0
    private var stop: Fault?

    /// A revision that is at a board, or on its way there.
    private struct Probe {
        let revision: Revision
        let board: BoardName
        /// The boards on which the bench has failed it before.
        let avoids: Set<BoardName>
        var task: Task<Report, Never>
        var makeTook = Duration.zero
        var isSpared = false
    }

    /// A revision that the bench has failed.
    private struct Retry {
        let revision: Revision
        let avoids: Set<BoardName>
    }

    /// What a task has come to.
    private enum Report: Sendable {
        case made(Result<ProbeKernel, any Error>, Duration)
        case booted(Result<BootedProbe, any Error>, Duration)
    }

    /// Takes a search, which may have records already, and the boards by preference.
    package init(
        _ search: Search, on boards: [BoardName], bench: any ProbeBench,
        journal: BisectionJournal, watch: @escaping @Sendable (BisectionStep) -> Void
    ) {
        self.search = search
        self.bench = bench
        self.journal = journal
        self.watch = watch
        pool = BoardPool(boards)
    }

    /// Goes on until the search is done, the bench gives up, or the caller is cancelled.
    /// - Throws: `ArchiveError` when the journal cannot be written.
    package mutating func perform() async throws -> BisectionEnd {
        let (arrivals, arrived) = AsyncStream<Int>.makeStream()
        var iterator = arrivals.makeAsyncIterator()
        do {
            while end == nil {
                fill(arrived)
                guard !probes.isEmpty else {
                    stop = BisectionTrouble.noBoardLeft(last: pool.lastFault).fault
                    break
                }
                // Nothing arrives any more once the caller is cancelled.
                guard let ticket = await iterator.next(), let probe = probes[ticket] else {
                    continue
                }
                try take(await probe.task.value, of: ticket, arrived)
            }
        } catch {
            try? await abandon()
            throw error
        }
        // What the boards still come to counts, and may even be the end.
        try await abandon()
        let end = self.end ?? .interrupted
        if case .stopped(let fault) = end { try note(.stopped(fault)) }
        return end
    }

    private var end: BisectionEnd? {
        if let conclusion = search.conclusion { return .concluded(conclusion) }
        if let stop { return .stopped(stop) }
        return Task.isCancelled ? .interrupted : nil
    }

    /// Ends everything that is at work; boards are given back meanwhile.
    private mutating func abandon() async throws {
        for probe in probes.values { probe.task.cancel() }
        for ticket in probes.keys.sorted() {
            guard let probe = probes[ticket] else { continue }
            let report = await probe.task.value
            if case .booted(.success(let booted), let took) = report, booted.answer.isFinal {
                try answer(booted, probe, took)
            }
            probes[ticket] = nil
        }
    }

    private mutating func note(_ event: BisectionEvent) throws {
        try journal.add(event)
        if let record = event.record { try search.add(record) }
        watch(.learned(event, search.remaining))
    }
}

// MARK: What is begun

extension BisectCampaign {
    /// Gives every free board something, as far as there is anything to learn.
    private mutating func fill(_ arrived: AsyncStream<Int>.Continuation) {
        for retry in waiting {
            guard let board = pool.boardForRetry(avoiding: retry.avoids) else { continue }
            waiting.removeAll { $0.revision == retry.revision }
            start(retry.revision, on: board, avoiding: retry.avoids, arrived)
        }
        for revision in wanted {
            let others = pool.free.filter { $0 != pool.home } + pool.free
            let board = search.isEnd(revision) ? pool.home : others.first
            if let board { start(revision, on: board, avoiding: [], arrived) }
        }
    }

    /// What to boot on the boards that are free: an end only where the board for the ends is.
    private var wanted: [Revision] {
        let free = pool.free
        let pending = probes.values.map(\.revision) + waiting.map(\.revision)
        let wanted = search.next(free: free.count, besides: pending)
        guard let end = wanted.first(where: search.isEnd), let home = pool.home,
            !free.contains(home)
        else { return wanted }
        return search.next(free: free.count, besides: pending + [end])
    }

    private mutating func start(
        _ revision: Revision, on board: BoardName, avoiding failed: Set<BoardName>,
        _ arrived: AsyncStream<Int>.Continuation
    ) {
        pool.take(board, forEnd: search.isEnd(revision))
        tickets += 1
        let (ticket, bench) = (tickets, bench)
        watch(.chosen(revision, board))
        let task = Task<Report, Never> {
            let start = ContinuousClock.now
            let result = await Result(catching: { try await bench.make(revision) })
            arrived.yield(ticket)
            return .made(result, start.duration(to: .now))
        }
        probes[ticket] = Probe(revision: revision, board: board, avoids: failed, task: task)
    }

    private mutating func boot(
        _ kernel: ProbeKernel, of ticket: Int, _ arrived: AsyncStream<Int>.Continuation
    ) {
        guard let board = probes[ticket]?.board else { return }
        let bench = bench
        probes[ticket]?.task = Task<Report, Never> {
            let start = ContinuousClock.now
            let result = await Result(catching: { try await bench.boot(kernel, on: board) })
            arrived.yield(ticket)
            return .booted(result, start.duration(to: .now))
        }
    }
}

// MARK: What comes

extension BisectCampaign {
    private mutating func take(
        _ report: Report, of ticket: Int, _ arrived: AsyncStream<Int>.Continuation
    ) throws {
        guard let probe = probes[ticket] else { return }
        switch report {
        case .made(.success(let kernel), let took):
            try identify(kernel)
            if !probe.isSpared, end == nil, search.isWorthBooting(probe.revision) {
                probes[ticket]?.makeTook = took
                return boot(kernel, of: ticket, arrived)
            }
        case .made(.failure(let error), let took):
            try refuse(error, probe, took)
        case .booted(.success(let booted), let took):
            try answer(booted, probe, took)
        case .booted(.failure(let error), _):
            try fail(error, probe)
        }
        probes[ticket] = nil
        pool.release(probe.board)
        spare()
    }

    private mutating func identify(_ kernel: ProbeKernel) throws {
        guard let binary = kernel.binary else { return }
        let record = SearchRecord(kernel.revision, .binary(binary))
        guard !search.records.contains(record) else { return }
        try note(.identified(record))
    }

    /// A kernel that could not be made.
    private mutating func refuse(_ error: any Error, _ probe: Probe, _ took: Duration) throws {
        guard KernelRefusal.isMeant(by: error) else { return try fail(error, probe, board: nil) }
        let fault = Fault(error, subject: "kernel \(probe.revision)", action: "be made")
        let record = SearchRecord(
            probe.revision, .skipped(SkipReason(.doesNotBuild, fault.description)))
        try note(.probed(BisectionProbe(record: record, makeTook: took)))
    }

    private mutating func answer(
        _ booted: BootedProbe, _ probe: Probe, _ took: Duration
    ) throws {
        let observation: SearchRecord.Observation
        var evidence: SymptomEvidence?
        switch booted.answer {
        case .good: observation = .good
        case .bad(let seen): (observation, evidence) = (.bad, seen)
        case .cannotTell(let why, let words): observation = .skipped(SkipReason(why.kind, words))
        case .bench(let fault): return try fail(fault, probe, board: probe.board)
        case .misuse(let fault):
            stop = fault
            return
        }
        pool.succeed(probe.board)
        try note(
            .probed(
                BisectionProbe(
                    record: SearchRecord(probe.revision, observation), board: probe.board,
                    kernel: booted.kernel, run: booted.run, evidence: evidence,
                    makeTook: probe.makeTook, bootTook: took)))
    }

    /// A boot that nobody can answer for.
    private mutating func fail(_ error: any Error, _ probe: Probe) throws {
        if let error = error as? ArchiveError { throw error }
        try fail(error, probe, board: probe.board)
    }

    /// Bench faults are tried again on another board; those of others end everything.
    private mutating func fail(_ error: any Error, _ probe: Probe, board: BoardName?) throws {
        if error is CancellationError || probe.isSpared || Task.isCancelled { return }
        let fault = Fault(error, subject: "kernel \(probe.revision)", action: "be booted")
        if fault.kind != .bench || Self.isNoRoom(error) {
            stop = fault
            return
        }
        try note(.faulted(revision: probe.revision, board: board, fault: fault))
        if pool.fail(board, fault), let board { try note(.boardLost(board: board, because: fault)) }
        if pool.faultCount >= BoardPool.limit {
            stop = BisectionTrouble.tooManyFaults(count: pool.faultCount, last: fault).fault
        }
        let avoids = probe.avoids.union(board.map { [$0] } ?? [])
        waiting.append(Retry(revision: probe.revision, avoids: avoids))
    }

    /// A full disk stays full for the next try.
    private static func isNoRoom(_ error: any Error) -> Bool {
        if case .noRoom? = error as? BuildFailure { true } else { false }
    }

    /// Ends what would tell nothing any more.
    private mutating func spare() {
        waiting.removeAll { !search.isWorthBooting($0.revision) }
        for (ticket, probe) in probes
        where !probe.isSpared && !search.isWorthBooting(probe.revision) {
            probes[ticket]?.isSpared = true
            probe.task.cancel()
            watch(.spared(probe.revision))
        }
    }
}

extension ProbeAnswer {
    /// Whether the kernel's boot need not be repeated.
    fileprivate var isFinal: Bool {
        switch self {
        case .good, .bad, .cannotTell: true
        case .bench, .misuse: false
        }
    }
}

extension ProbeAnswer.Why {
    fileprivate var kind: SkipReason.Kind {
        switch self {
        case .notBuilt: .doesNotBuild
        case .notBooted: .doesNotBoot
        case .notJudged: .cannotBeJudged
        case .otherSymptom: .otherSymptom
        }
    }
}

extension Result where Failure == any Error {
    fileprivate init(catching body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
