// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence
package import ResultArchive
package import Vocabulary

/// What the kernel of one board told of on its console: warnings, stalls, faults of the SMMU; and
/// what it left in the board's persistent store when it died.
package struct BoardTroubles: Sendable, Hashable, Encodable {
    package let board: BoardName
    /// In the order of the console.
    package let troubles: [KernelTrouble]
    /// In the order of their files.
    package let records: [StoredRecord]

    package init(board: BoardName, troubles: [KernelTrouble], records: [StoredRecord] = []) {
        self.board = board
        self.troubles = troubles
        self.records = records
    }

    /// Those of a run's boards that told of any; what cannot be read tells of none.
    package static func all(in folder: RunFolder) -> [BoardTroubles] {
        guard let boards = try? ArchivedRun(folder.path).boards() else { return [] }
        return boards.compactMap { board in
            let troubles = (try? board.troubles()) ?? []
            let records = (try? board.storedRecords()) ?? []
            guard !troubles.isEmpty || !records.isEmpty else { return nil }
            return BoardTroubles(board: board.name, troubles: troubles, records: records)
        }
    }
}
