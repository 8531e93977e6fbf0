// SPDX-License-Identifier: GPL-3.0-or-later

import ResultArchive

/// Everything that happens in a run goes through here: to the journal first, then to who watches.
actor RunLog {
    let archive: RunArchive
    private let watch: @Sendable (JournalEvent) -> Void

    init(archive: RunArchive, watch: @escaping @Sendable (JournalEvent) -> Void) {
        self.archive = archive
        self.watch = watch
    }

    /// Writes an event down and shows it.
    /// - Throws: `ArchiveError`: an event that cannot be written down ends the run, for what
    ///   follows could not be written down either.
    func tell(_ event: JournalEvent) throws(ArchiveError) {
        watch(event)
        try archive.record(event)
    }

    /// Writes an event down as well as possible, where a failure is being told already.
    func note(_ event: JournalEvent) {
        watch(event)
        // The run fails for another reason, or for a full disk that has been told before.
        try? archive.record(event)
    }
}
