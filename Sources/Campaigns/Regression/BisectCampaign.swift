// SPDX-License-Identifier: GPL-3.0-or-later

package import Bisection
import KernelTree
package import ResultArchive
import Vocabulary

/// Brings what a search asks for to boards, and what they answer to the search.
///
/// Kernels are made while others are booted. What was answered is in the journal before anything rests
/// on it, so that another process can go on at any time.
package struct BisectCampaign {
    package private(set) var search: Search
    let bench: any ProbeBench
    private let journal: BisectionJournal
    let watch: @Sendable (BisectionStep) -> Void
    private let wishes: AsyncStream<[BoardWish]>
    private let arrivals: AsyncStream<Arrival>
    let arrived: AsyncStream<Arrival>.Continuation
    var pool: BoardPool
    var probes: [Int: Probe] = [:]
    var waiting: [Retry] = []
    var made: [Revision: ProbeKernel] = [:]
    var pace = Pace()
    var ahead: Ahead?
    /// What could not be made ahead.
    var unforeseen: Set<Revision> = []
    var tickets = 0
    var stop: Fault?

    /// What a bisection waits for.
    enum Arrival: Sendable {
        /// The task with this ticket is over.
        case ticket(Int)
        /// Somebody wants other boards to be used.
        case boards([BoardWish])
    }

    /// A revision that is at a board, or on its way there.
    struct Probe {
        let revision: Revision
        let board: BoardName
        /// The boards on which the bench has failed it before.
        let avoids: Set<BoardName>
        var task: Task<Report, Never>
        /// How long its kernel took; nothing while it is made.
        var makeTook: Duration?
        var isSpared = false
        var isBooting: Bool { makeTook != nil }
    }

    /// A revision that the bench has failed.
    struct Retry {
        let revision: Revision
        let avoids: Set<BoardName>
    }

    /// What a task has come to.
    enum Report: Sendable {
        case made(Result<ProbeKernel, any Error>, Duration)
        case booted(Result<BootedProbe, any Error>, Duration)
    }

    /// Takes a search, which may have records already, and the boards by preference; wishes for other
    /// boards may come while it goes on.
    package init(
        _ search: Search, on boards: [BoardWish], wishes: AsyncStream<[BoardWish]>,
        bench: any ProbeBench, journal: BisectionJournal,
        watch: @escaping @Sendable (BisectionStep) -> Void
    ) {
        self.search = search
        self.bench = bench
        self.journal = journal
        self.watch = watch
        self.wishes = wishes
        pool = BoardPool(boards)
        (arrivals, arrived) = AsyncStream.makeStream()
    }

    /// Goes on until the search is done, the bench gives up, or the caller is cancelled.
    /// - Throws: `ArchiveError` when the journal cannot be written.
    package mutating func perform() async throws -> BisectionEnd {
        let listener = Task { [wishes, arrived] in
            for await boards in wishes { arrived.yield(.boards(boards)) }
        }
        defer { listener.cancel() }
        var iterator = arrivals.makeAsyncIterator()
        do {
            while end == nil {
                fill()
                prepare()
                guard !probes.isEmpty else {
                    stop = BisectionTrouble.noBoardLeft(last: pool.lastFault).fault
                    break
                }
                // Nothing arrives any more once the caller is cancelled.
                if let arrival = await iterator.next() { try await take(arrival) }
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

    private mutating func take(_ arrival: Arrival) async throws {
        switch arrival {
        case .boards(let boards):
            if pool.use(boards) { try note(.boardsChosen(boards.map(\.board))) }
        case .ticket(let ticket):
            if let ahead, ahead.ticket == ticket {
                try keep(await ahead.task.value, of: ahead)
            } else if let probe = probes[ticket] {
                try take(await probe.task.value, of: ticket)
            }
        }
    }

    var end: BisectionEnd? {
        if let conclusion = search.conclusion { return .concluded(conclusion) }
        if let stop { return .stopped(stop) }
        return Task.isCancelled ? .interrupted : nil
    }

    /// Ends everything that is at work; boards are given back meanwhile.
    private mutating func abandon() async throws {
        for probe in probes.values { probe.task.cancel() }
        ahead?.task.cancel()
        _ = await ahead?.task.value
        for ticket in probes.keys.sorted() {
            guard let probe = probes[ticket] else { continue }
            let report = await probe.task.value
            if case .booted(.success(let booted), let took) = report, booted.answer.isFinal {
                try answer(booted, probe, took)
            }
            probes[ticket] = nil
        }
    }

    mutating func note(_ event: BisectionEvent) throws {
        try journal.add(event)
        if let record = event.record { try search.add(record) }
        watch(.learned(event, search.remaining))
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
