// SPDX-License-Identifier: GPL-3.0-or-later

import KernelTree
package import ResultArchive
import Vocabulary

/// Judges mutants one after the other; the next is compiled while the one before runs.
package struct MutantCampaign: Sendable {
    private let bench: MutantBench
    private let orders: [MutantOrder]
    private let jobs: Int
    private let watch: @Sendable (MutantEvent) -> Void
    private let agent: ContentHash
    private let tool: ContentHash

    /// Takes the mutants, and how many of them may run on boards at once.
    /// - Throws: `ArchiveError` when agent or tool cannot be read.
    package init(
        _ orders: [MutantOrder], on bench: MutantBench, jobs: Int,
        watch: @escaping @Sendable (MutantEvent) -> Void
    ) throws {
        self.bench = bench
        // Neighbours that change the same files compile least; names decide among equals.
        self.orders = orders.sorted {
            ($0.mutant.base.text, $0.mutant.files.joined(), $0.mutant.name.text)
                < ($1.mutant.base.text, $1.mutant.files.joined(), $1.mutant.name.text)
        }
        self.jobs = max(1, jobs)
        self.watch = watch
        agent = try ContentHash(ofFile: bench.suites.agent)
        tool = try ContentHash(ofFile: bench.tool)
    }

    /// Judges all; a cancelled campaign gives what it has.
    /// - Throws: `ArchiveError` when nothing can be written down any more.
    package func perform() async throws -> MutantMatrix {
        let clock = ContinuousClock()
        let start = clock.now
        let book = MutantBook()
        var wasInterrupted = false
        do { try await judgeAll(book) } catch is CancellationError { wasInterrupted = true }
        let took = start.duration(to: clock.now)
        let (records, known) = await book.content
        return MutantMatrix(
            mutants: records.sorted { $0.name.text < $1.name.text },
            tookMilliseconds: Int64(took / .milliseconds(1)), known: known,
            wasInterrupted: wasInterrupted)
    }

    /// While the compiler is at a mutant, those before it run.
    private func judgeAll(_ book: MutantBook) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var running = 0
            for order in orders {
                let made = try await make(order)
                if case .known(let record) = made {
                    await book.add(record, wasKnown: true)
                    watch(.ended(record, wasKnown: true))
                    continue
                }
                if running == jobs {
                    try await group.next()
                    running -= 1
                }
                running += 1
                group.addTask { try await finish(order, made, book) }
            }
            try await group.waitForAll()
        }
    }

    /// How far a mutant came before any board was needed.
    private enum Made: Sendable {
        case known(MutantRecord)
        case compiled(took: Duration, key: ContentHash)
        case refused(took: Duration, Fault)
    }

    private func make(_ order: MutantOrder) async throws -> Made {
        let clock = ContinuousClock()
        let start = clock.now
        let watch = self.watch
        let forge = KernelForge(
            announce: { watch(.announced($0)) }, progress: { watch(.compiling($0, $1)) })
        do {
            let kernel = try await forge.build(order.kernel)
            let key = order.key(kernel, lab: bench.suites.lab, agent: agent, tool: tool)
            if !bench.isAfresh, let record = bench.shelf.record(key) {
                return .known(record)
            }
            return .compiled(took: start.duration(to: clock.now), key: key)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            let fault = Fault(error, subject: "mutant \(order.mutant.name)", action: "be compiled")
            return .refused(took: start.duration(to: clock.now), fault)
        }
    }

    /// Runs what was compiled; only a judgement is kept.
    private func finish(_ order: MutantOrder, _ made: Made, _ book: MutantBook) async throws {
        let record: MutantRecord
        switch made {
        case .known(let known): record = known
        case .refused(let took, let fault):
            record = MutantRecord(
                name: order.mutant.name, base: order.mutant.base, suite: order.mutant.suite,
                intended: order.mutant.breaks, compileTook: took, fault: fault)
        case .compiled(let took, let key):
            record = try await bench.run(order, compileTook: took, watch: watch)
            if record.outcome != .notJudged { try bench.shelf.keep(record, under: key) }
        }
        await book.add(record, wasKnown: false)
        watch(.ended(record, wasKnown: false))
    }
}

/// The records of a campaign as they come; what is in it stays, however the campaign ends.
private actor MutantBook {
    private var records: [MutantRecord] = []
    private var known = 0

    var content: (records: [MutantRecord], known: Int) { (records, known) }

    func add(_ record: MutantRecord, wasKnown: Bool) {
        records.append(record)
        known += wasKnown ? 1 : 0
    }
}
