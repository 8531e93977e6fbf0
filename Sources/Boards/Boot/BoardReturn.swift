// SPDX-License-Identifier: GPL-3.0-or-later

import Scheduling
import SecureShell
package import VirtualBoards
package import Vocabulary

/// Brings a board back to its known-good kernel, by a power cycle if need be, and proves it.
package struct BoardReturn: Sendable {
    let name: BoardName
    let board: RemoteBoard
    let errand: BootErrand
    let budgets: BoardBudgets
    let console: Console?
    /// What the board ran before it left; nothing where only the lab can tell.
    let home: BoardIdentity?

    package init(
        of name: BoardName, _ board: RemoteBoard, _ errand: BootErrand, home: BoardIdentity?,
        budgets: BoardBudgets, console: Console? = nil
    ) {
        self.name = name
        self.board = board
        self.errand = errand
        self.home = home
        self.budgets = budgets
        self.console = console
    }

    /// Brings it back.
    /// - Parameters:
    ///   - boots: the boots that it must have left; none where any will do.
    ///   - mayAnswer: whether asking it is worth the time: a kernel that died answers nobody.
    /// - Returns: what it says of itself now.
    /// - Throws: `NotRecovered`, `CancellationError`.
    package func run(
        leaving boots: Set<String> = [], mayAnswer: Bool = true
    ) async throws -> BoardIdentity {
        do {
            if mayAnswer, let identity = try await ask(leaving: boots) { return identity }
            return try await cycle(leaving: boots)
        } catch {
            try Task.checkCancellation()
            throw NotRecovered(board: name, reason: String(describing: error))
        }
    }

    /// Asks it to reboot, unless it is back already; nothing where that does not lead back.
    private func ask(leaving boots: Set<String>) async throws -> BoardIdentity? {
        guard let connection = try? await connect(.after(budgets.connect, for: "board \(name)"))
        else { return nil }
        let left: (identity: BoardIdentity, isBack: Bool, isDisarmed: Bool)
        do {
            left = try await look(through: hand(connection), leaving: boots)
        } catch {
            await connection.close()
            return nil
        }
        await connection.close()
        if left.isBack { return left.identity }
        guard left.isDisarmed else { return nil }
        // What does not come by a reboot may still come by a power cycle, where there is power.
        guard board.power != nil else { return try await arrive(leaving: [left.identity.bootID]) }
        return try? await arrive(leaving: [left.identity.bootID])
    }

    private func look(
        through hand: BoardHand, leaving boots: Set<String>
    ) async throws -> (BoardIdentity, isBack: Bool, isDisarmed: Bool) {
        let identity = try await hand.identity()
        if isHome(identity), !boots.contains(identity.bootID) {
            try await errand.method.tidy(with: hand)
            return (identity, true, true)
        }
        let isDisarmed = try await errand.method.disarm(with: hand)
        if isDisarmed {
            console?.expectBoot()
            try await hand.reboot()
        }
        return (identity, false, isDisarmed)
    }

    /// Takes the power away; without a switch it can only be hoped that the board resets itself.
    private func cycle(leaving boots: Set<String>) async throws -> BoardIdentity {
        console?.expectBoot()
        let isDisarmed = try await takePower()
        do {
            return try await arrive(leaving: boots)
        } catch let error where !isDisarmed || board.power == nil {
            try Task.checkCancellation()
            throw LeftAlone(
                reason: "\(error)", hasPower: board.power != nil,
                byHand: isDisarmed ? nil : errand.method.byHand)
        }
    }

    /// Takes the power away and gives it again, where somebody can.
    /// - Returns: whether the loader takes the known-good kernel next.
    private func takePower() async throws -> Bool {
        guard let power = board.power else { return try await errand.method.disarm(with: nil) }
        func limit() -> Deadline { .after(budgets.power, for: "the power of board \(name)") }
        guard errand.method.disarmsWithoutPower else {
            let isDisarmed = try await errand.method.disarm(with: nil)
            try await power.cycle(deadline: limit())
            return isDisarmed
        }
        try await power.off(deadline: limit())
        let isDisarmed = try await errand.method.disarm(with: nil)
        try await power.on(deadline: limit())
        return isDisarmed
    }

    /// Awaits another boot, and sees whether it is that of the known-good kernel.
    private func arrive(leaving boots: Set<String>) async throws -> BoardIdentity {
        let deadline = Deadline.after(budgets.boot, for: "board \(name) to answer over SSH again")
        return try await retrying(
            until: deadline, pause: .milliseconds(250),
            while: { ($0 as? SSHError)?.mayPass ?? ($0 is DeadlineExceeded || $0 is SameBoot) },
            { try await greet(leaving: boots, until: deadline) })
    }

    private func greet(
        leaving boots: Set<String>, until deadline: Deadline
    ) async throws -> BoardIdentity {
        let attempt = deadline.part("board \(name)", atMost: budgets.connect)
        let connection = try await connect(attempt)
        let result: Result<BoardIdentity, any Error>
        do {
            result = .success(try await prove(through: hand(connection), leaving: boots))
        } catch {
            result = .failure(error)
        }
        await connection.close()
        return try result.get()
    }

    private func prove(
        through hand: BoardHand, leaving boots: Set<String>
    ) async throws -> BoardIdentity {
        let identity = try await hand.identity()
        if boots.contains(identity.bootID) { throw SameBoot(bootID: identity.bootID) }
        try prove(identity)
        try await errand.method.tidy(with: hand)
        return identity
    }

    private func connect(_ deadline: Deadline) async throws -> SSHConnection {
        try await SSHConnection.connect(to: board.target, deadline: deadline)
    }

    private func hand(_ connection: SSHConnection) -> BoardHand {
        BoardHand(board: name, connection: connection, budgets: budgets)
    }
}

// MARK: What known-good is

extension BoardReturn {
    /// Whether this is the kernel that the board must come back to.
    func isHome(_ identity: BoardIdentity) -> Bool {
        if let stated = errand.knownGood, stated != identity.release { return false }
        return home?.isSameKernel(as: identity) ?? true
    }

    private func prove(_ identity: BoardIdentity) throws(WrongKernel) {
        guard !isHome(identity) else { return }
        let expected = home.map { "release \($0.release), build ID \($0.buildID ?? "none")" }
        throw WrongKernel(
            board: name, expected: expected ?? "release \(errand.knownGood ?? "")",
            found: "release \(identity.release), build ID \(identity.buildID ?? "none")")
    }
}

/// A board that is still in the boot that it should leave.
struct SameBoot: Error, CustomStringConvertible {
    let bootID: String
    var description: String { "it is still in boot \(bootID)" }
}

/// A board that could not be brought back to its known-good kernel.
package struct NotRecovered: Blame, Hashable {
    package let board: BoardName
    package let reason: String

    package init(board: BoardName, reason: String) {
        self.board = board
        self.reason = reason
    }

    package var kind: FaultKind { .bench }

    package var account: Account {
        Account(
            subject: "board \(board)", action: "be brought back to its known-good kernel",
            cause: reason,
            remedy: "It is out until `doorbell board recover` succeeds; look at its console and "
                + "its power first.")
    }
}
