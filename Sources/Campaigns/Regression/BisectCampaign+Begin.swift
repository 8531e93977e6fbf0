// SPDX-License-Identifier: GPL-3.0-or-later

import Bisection
import Vocabulary

/// What is begun.
extension BisectCampaign {
    /// Gives every free board something, as far as there is anything to learn.
    mutating func fill() {
        for retry in waiting {
            guard let board = pool.boardForRetry(avoiding: retry.avoids) else { continue }
            waiting.removeAll { $0.revision == retry.revision }
            start(retry.revision, on: board, avoiding: retry.avoids)
        }
        let room = pace.boards(of: pool.alive.count) - probes.count
        for revision in wanted(room: room) {
            let others = pool.free.filter { $0 != pool.home } + pool.free
            let board = search.isEnd(revision) ? pool.home : others.first
            if let board { start(revision, on: board, avoiding: []) }
        }
    }

    /// What to boot on the boards that are free: an end only where the board for the ends is.
    private func wanted(room: Int) -> [Revision] {
        let free = pool.free.prefix(max(0, room))
        let pending = probes.values.map(\.revision) + waiting.map(\.revision)
        let wanted = search.next(free: free.count, besides: pending)
        guard let end = wanted.first(where: search.isEnd), let home = pool.home,
            !free.contains(home)
        else { return wanted }
        return search.next(free: free.count, besides: pending + [end])
    }

    private mutating func start(
        _ revision: Revision, on board: BoardName, avoiding failed: Set<BoardName>
    ) {
        pool.take(board, forEnd: search.isEnd(revision))
        watch(.chosen(revision, board))
        if let ready = made[revision] {
            tickets += 1
            probes[tickets] = Probe(
                revision: revision, board: board, avoids: failed,
                task: boot(ready, of: tickets, on: board), makeTook: ready.took)
        } else {
            let ahead = takeAhead(for: revision)
            let (ticket, task) =
                ahead.map { ($0.ticket, $0.task) } ?? make(revision, isAhead: false)
            probes[ticket] = Probe(revision: revision, board: board, avoids: failed, task: task)
        }
    }

    func boot(
        _ kernel: ProbeKernel, of ticket: Int, on board: BoardName
    ) -> Task<Report, Never> {
        let (bench, arrived) = (bench, arrived)
        return Task<Report, Never> {
            let start = ContinuousClock.now
            let result = await Result(catching: { try await bench.boot(kernel, on: board) })
            arrived.yield(.ticket(ticket))
            return .booted(result, start.duration(to: .now))
        }
    }
}

extension Result where Failure == any Error {
    init(catching body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
