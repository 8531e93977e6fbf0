// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage
package import Vocabulary

/// A board that a bisection is to use.
package struct BoardWish: Sendable, Hashable, Codable {
    package let board: BoardName
    /// When somebody wished for it: a later wish brings back a board that was left out.
    package let since: UTCInstant

    package init(_ board: BoardName, since: UTCInstant) {
        self.board = board
        self.since = since
    }
}

extension BisectionFolder {
    private static let wishes = "boards.json"

    /// The boards that it is to use: those of its plan, until somebody wishes for others.
    /// - Throws: `ArchiveError` where the wish cannot be read.
    package func boards(_ plan: BisectionPlan) throws(ArchiveError) -> [BoardWish] {
        guard let text = readText(Self.wishes) else {
            return plan.boards.map { BoardWish($0, since: plan.began) }
        }
        return try JSONForm.value(
            [BoardWish].self, in: Array(text.utf8), of: path.appending(Self.wishes))
    }

    /// Wishes for other boards; a process that goes on with the bisection sees it soon.
    /// - Throws: `ArchiveError`.
    package func wish(for boards: [BoardWish]) throws(ArchiveError) {
        let bytes = try JSONForm.file(boards, for: path.appending(Self.wishes))
        try write(String(decoding: bytes, as: UTF8.self), to: Self.wishes)
    }
}
