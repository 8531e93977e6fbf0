// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import ResultArchive
import Vocabulary

/// Keeps what a dead kernel has left on its board beside the board's console.
struct BoardShelf: RecordShelf {
    let board: BoardName
    let archive: BoardArchive
    let log: RunLog

    /// Writes the record, and the journal's line about it.
    /// - Throws: `ArchiveError`; the record then stays on the board.
    func keep(_ record: PersistentRecord) async throws {
        try archive.write(record.evidence)
        try await log.tell(.recordKept(board: board, file: record.file.evidenceName))
    }

    func missed(_ fault: Fault) async {
        await log.note(.faulted(board: board, fault: fault))
    }
}
