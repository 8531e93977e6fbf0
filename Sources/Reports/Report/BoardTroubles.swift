// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence
package import ResultArchive
package import Vocabulary

/// What the kernel of one board told of on its console: warnings, stalls, faults of the SMMU.
package struct BoardTroubles: Sendable, Hashable, Encodable {
    package let board: BoardName
    /// In the order of the console.
    package let troubles: [KernelTrouble]

    package init(board: BoardName, troubles: [KernelTrouble]) {
        self.board = board
        self.troubles = troubles
    }

    /// Those of a run's boards that told of any; a console that cannot be read tells of none.
    package static func all(in folder: RunFolder) -> [BoardTroubles] {
        guard let boards = try? ArchivedRun(folder.path).boards() else { return [] }
        return boards.compactMap { board in
            guard let troubles = try? board.troubles(), !troubles.isEmpty else { return nil }
            return BoardTroubles(board: board.name, troubles: troubles)
        }
    }
}
