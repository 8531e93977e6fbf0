// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Scheduling
import SecureShell
import Synchronization
import VirtualBoards
package import Vocabulary

/// A stay on a board that boots a given kernel for it and comes back to its known-good one.
struct RemoteStay: Sendable {
    let plan: BoardPlan
    let board: RemoteBoard
    let errand: BootErrand
    let provisions: LiveBoard.Provisions
    let console: Console?
    /// Until when the board must answer for the first time.
    let boot: Deadline

    /// UEFI writes about 10 KiB of variables meanwhile, which takes a flash some seconds.
    private static let lastWords = Duration.seconds(15)

    /// Brings the board home first where an earlier run has left it elsewhere; then boots, works,
    /// and brings it home whatever went wrong.
    /// - Throws: what the work throws, else `NotRecovered`.
    func run<Value: Sendable>(
        _ body: @escaping @Sendable (LiveBoard) async throws -> Value
    ) async throws -> Value {
        let home = try await comeHomeFirst()
        guard let kernel = errand.kernel else { return try await visit(nil, until: boot).run(body) }
        let (seen, testament) = (SeenBoot(), provisions.shelf.map(KernelTestament.init))
        let result: Result<Value, any Error>
        do {
            try await depart(with: kernel, from: home, seen, testament)
            result = .success(try await visit(home, kernel, seen).run(body))
        } catch {
            result = .failure(error)
        }
        // The way home is never cancelled: the next run needs the board.
        let lost = await Task { await comeHome(to: home, leaving: seen.boots) }.value
        switch result {
        case .success(let value):
            if let lost { throw lost }
            return value
        case .failure(let error):
            guard lost == nil, let testament else { throw error }
            let death = await Task { await read(testament) }.value
            throw death?.blamed(for: error, on: plan.name) ?? error
        }
    }

    /// Reads what the kernel has left where the next one finds it.
    private func read(_ testament: KernelTestament) async -> StoredDeath? {
        let limit = Deadline.after(
            plan.budgets.step, for: "board \(plan.name) to show its persistent store")
        do {
            return try await withHand(until: limit) { await testament.open(with: $0) }
        } catch {
            await testament.miss(error, plan.name)
            return nil
        }
    }

    /// Prepares the kernel and lets the board go.
    private func depart(
        with kernel: BootableKernel, from home: BoardIdentity, _ seen: SeenBoot,
        _ testament: KernelTestament?
    ) async throws {
        try await withHand(until: boot) { hand in
            await testament?.begin(with: hand)
            try await errand.method.prepare(kernel, with: hand)
            try errand.memory.leave(home)
            console?.expectBoot()
            seen.leave(home.bootID)
            try await errand.method.start(with: hand)
        }
    }

    private func visit(
        _ home: BoardIdentity, _ kernel: BootableKernel, _ seen: SeenBoot
    ) -> BoardVisit {
        let deadline = Deadline.after(
            plan.budgets.boot,
            for: "board \(plan.name) to answer over SSH with kernel \(kernel.name)",
            blames: .kernel)
        var visit = visit(home, until: deadline)
        visit.arrival = Arrival(
            manner: errand.method.manner, earlierBoot: home.bootID, method: errand.method,
            seen: seen)
        return visit
    }

    private func visit(_ home: BoardIdentity?, until deadline: Deadline) -> BoardVisit {
        BoardVisit(
            plan: plan, target: board.target, provisions: provisions, console: console,
            boot: deadline)
    }

    private func withHand<Value: Sendable>(
        until deadline: Deadline, _ work: (BoardHand) async throws -> Value
    ) async throws -> Value {
        let connection = try await retrying(
            until: deadline, pause: .milliseconds(100),
            while: { ($0 as? SSHError)?.mayPass ?? ($0 is DeadlineExceeded) },
            {
                let attempt = deadline.part(
                    "SSH to \(board.target.name)", atMost: plan.budgets.connect)
                return try await SSHConnection.connect(to: board.target, deadline: attempt)
            })
        return try await withCleanup {
            try await work(
                BoardHand(board: plan.name, connection: connection, budgets: plan.budgets))
        } cleanup: {
            await connection.close()
        }
    }
}

// MARK: Home

extension RemoteStay {
    /// Sees to it that the board runs its known-good kernel before anything is done to it.
    private func comeHomeFirst() async throws -> BoardIdentity {
        let remembered = errand.memory.home
        let way = self.way(to: remembered)
        let found: BoardIdentity
        do {
            found = try await withHand(until: boot) { try await $0.identity() }
        } catch let silence as DeadlineExceeded {
            guard remembered != nil || errand.kernel != nil, board.power != nil else {
                throw silence
            }
            return try await settled { try await way.run(mayAnswer: false) }
        }
        // Whoever asks for no kernel means the one that is there, unless we have left it there.
        if remembered == nil, errand.kernel == nil || way.isHome(found) { return found }
        return try await settled { try await way.run() }
    }

    /// Writes down whether the board came home.
    private func settled(
        _ work: () async throws -> BoardIdentity
    ) async throws -> BoardIdentity {
        do {
            let identity = try await work()
            try errand.memory.returned()
            return identity
        } catch let error as NotRecovered {
            await errand.memory.lost(error.fault)
            throw error
        }
    }

    /// - Returns: why it did not come home, where it did not.
    private func comeHome(
        to home: BoardIdentity, leaving boots: Set<String>
    ) async -> (any Error)? {
        await hearOut()
        // A board that reboots by itself answers again, one that panicked does not.
        let mayAnswer = console?.death.map { $0.kind == .reboot } ?? true
        do {
            _ = try await settled {
                try await way(to: home).run(leaving: boots, mayAnswer: mayAnswer)
            }
            return nil
        } catch {
            return error
        }
    }

    /// Lets a kernel that panics finish, for it fills the persistent store after it has said so.
    ///
    /// Before the words that are awaited it has done that: `panic()` of kernel/panic.c, 6.12.
    private func hearOut() async {
        guard let console, let panic = console.troubles.last(where: { $0.kind == .panic }) else {
            return
        }
        let limit = Deadline.after(Self.lastWords, for: "the end of a panic on board \(plan.name)")
        // A kernel that hangs in its panic has nothing more to tell.
        _ = try? await console.line(
            containing: ["---[ end Kernel panic", "Rebooting in "], from: panic.line,
            deadline: limit)
    }

    private func way(to home: BoardIdentity?) -> BoardReturn {
        BoardReturn(
            of: plan.name, board, errand, home: home, budgets: plan.budgets, console: console)
    }
}

/// How a board came to the kernel that it runs, where somebody booted it for a run.
package struct Arrival: Sendable {
    package let manner: BootManner
    /// The boot that the board has left.
    package let earlierBoot: String
    let method: any BootMethod
    let seen: SeenBoot
}

/// The boots of a stay: the one that the board has left, and that of the kernel under test.
final class SeenBoot: Sendable {
    private let known = Mutex<(left: String?, bootID: String?)>((nil, nil))

    /// Of the kernel under test, once it has answered.
    var bootID: String? { known.withLock { $0.bootID } }

    /// What the board must not be in when it is home again.
    var boots: Set<String> { known.withLock { Set([$0.left, $0.bootID].compactMap(\.self)) } }

    func leave(_ bootID: String) { known.withLock { $0.left = bootID } }
    func see(_ bootID: String) { known.withLock { $0.bootID = bootID } }
}
