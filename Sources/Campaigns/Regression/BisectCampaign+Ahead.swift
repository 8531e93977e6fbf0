// SPDX-License-Identifier: GPL-3.0-or-later

import Bisection

/// What is made before a board asks for it.
extension BisectCampaign {
    /// A kernel that is being made for whichever board is free first.
    struct Ahead {
        let ticket: Int
        let revision: Revision
        let task: Task<Report, Never>
    }

    /// While all boards are at work and nothing is made for them, makes what they are likeliest to get
    /// next: a board waits minutes for its firmware, and the compiler need not wait for it.
    mutating func prepare() {
        guard ahead == nil, probes.values.allSatisfy(\.isBooting) else { return }
        let pending = probes.sorted { $0.key < $1.key }.map(\.value.revision)
        let foreseen = search.foreseen(
            boards: pace.boards(of: pool.alive.count), besides: pending)
        let isOpen = { [made, unforeseen] in made[$0] == nil && !unforeseen.contains($0) }
        guard let revision = foreseen.first(where: isOpen) else { return }
        watch(.foreseen(revision))
        let (ticket, task) = make(revision, isAhead: true)
        ahead = Ahead(ticket: ticket, revision: revision, task: task)
    }

    /// Makes a kernel; the ticket arrives when that is over.
    mutating func make(
        _ revision: Revision, isAhead: Bool
    ) -> (ticket: Int, task: Task<Report, Never>) {
        tickets += 1
        let (ticket, bench, arrived) = (tickets, bench, arrived)
        let task = Task<Report, Never> {
            let start = ContinuousClock.now
            let result = await Result(catching: { try await bench.make(revision, isAhead: isAhead) }
            )
            arrived.yield(.ticket(ticket))
            return .made(result, start.duration(to: .now))
        }
        return (ticket, task)
    }

    /// Gives what is being made ahead to the board that asks for it; else its time is for what a board
    /// does ask for.
    mutating func takeAhead(for revision: Revision) -> Ahead? {
        defer { ahead = nil }
        guard let ahead, ahead.revision == revision else {
            ahead?.task.cancel()
            return nil
        }
        return ahead
    }

    /// Keeps what was made ahead.
    ///
    /// What cannot be made is noted as if a board had asked for it; other troubles are told when one
    /// does.
    mutating func keep(_ report: Report, of ahead: Ahead) throws {
        self.ahead = nil
        guard case .made(let result, let took) = report else { return }
        switch result {
        case .success(let kernel):
            made[ahead.revision] = kernel
            try identify(kernel)
        case .failure(let error):
            unforeseen.insert(ahead.revision)
            if KernelRefusal.isMeant(by: error) { try refuse(error, ahead.revision, took) }
        }
        spare()
    }
}
