// SPDX-License-Identifier: GPL-3.0-or-later

package import ResultArchive
package import Vocabulary

/// The boards of a bisection: which are free, which are left out.
package struct BoardPool: Sendable {
    private var order: [BoardName]
    private var since: [BoardName: UTCInstant]
    private var busy: Set<BoardName> = []
    private var lost: Set<BoardName> = []
    private var faultsInARow: [BoardName: Int] = [:]
    /// The board that looks at both ends.
    private var endBoard: BoardName?
    package private(set) var faultCount = 0
    package private(set) var lastFault: Fault?

    /// A board that fails so often one after the other is left out.
    private static let patience = 2
    /// After so many faults of the bench nothing that it says is worth much.
    package static let limit = 10

    /// Takes boards in the order in which they are preferred.
    package init(_ boards: [BoardWish]) {
        order = boards.map(\.board)
        since = boards.since
    }

    /// Uses other boards from here on; tells whether anything is different.
    ///
    /// A board that leaves ends its boot first. One that was left out comes back by being wished for
    /// once more.
    package mutating func use(_ boards: [BoardWish]) -> Bool {
        let new = boards.since
        let wishedAnew = boards.map(\.board).filter { since[$0] != new[$0] }
        guard !wishedAnew.isEmpty || order != boards.map(\.board) else { return false }
        lost.subtract(wishedAnew)
        for board in wishedAnew { faultsInARow[board] = 0 }
        (order, since) = (boards.map(\.board), new)
        return true
    }

    /// The boards that may be given something, the preferred ones first.
    package var free: [BoardName] {
        order.filter { !busy.contains($0) && !lost.contains($0) }
    }

    /// Those that are not left out.
    package var alive: [BoardName] { order.filter { !lost.contains($0) } }

    /// Where the ends belong: on one board, as long as it is there.
    package var home: BoardName? {
        endBoard.flatMap { alive.contains($0) ? $0 : nil } ?? alive.first
    }

    /// Takes a board for an end, or for something else.
    package mutating func take(_ board: BoardName, forEnd: Bool) {
        busy.insert(board)
        if forEnd { endBoard = board }
    }

    /// Gives a board back.
    package mutating func release(_ board: BoardName) { busy.remove(board) }

    /// A board did what it should.
    package mutating func succeed(_ board: BoardName) { faultsInARow[board] = 0 }

    /// The bench failed; tells whether the board is left out from here on.
    package mutating func fail(_ board: BoardName?, _ fault: Fault) -> Bool {
        faultCount += 1
        lastFault = fault
        guard let board else { return false }
        faultsInARow[board, default: 0] += 1
        guard faultsInARow[board, default: 0] >= Self.patience else { return false }
        return lost.insert(board).inserted
    }

    /// A board for something that others have failed at: another one, if there is any; nothing while
    /// that one is at work.
    package func boardForRetry(avoiding failed: Set<BoardName>) -> BoardName? {
        let others = alive.filter { !failed.contains($0) }
        return others.isEmpty ? free.first : others.first { !busy.contains($0) }
    }
}

extension [BoardWish] {
    fileprivate var since: [BoardName: UTCInstant] {
        Dictionary(map { ($0.board, $0.since) }, uniquingKeysWith: { $1 })
    }
}
