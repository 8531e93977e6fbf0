// SPDX-License-Identifier: GPL-3.0-or-later

import ResultArchive
import Scheduling

/// Everything that happens in a run goes through here: to the journal first, then to who watches.
actor RunLog {
    let archive: RunArchive
    private let watch: @Sendable (JournalEvent) -> Void

    init(archive: RunArchive, watch: @escaping @Sendable (JournalEvent) -> Void) {
        self.archive = archive
        self.watch = watch
    }

    /// Writes an event down and shows it; with the end of a case, all of the run goes to the device.
    /// - Throws: `ArchiveError`: an event that cannot be written down ends the run, for what
    ///   follows could not be written down either.
    func tell(_ event: JournalEvent) async throws(ArchiveError) {
        watch(event)
        try archive.record(event)
        guard event.isMilestone else { return }
        // A device can be slow: the other boards go on writing meanwhile.
        try await ThreadExecutor.withThread(named: "flush") {
            [archive] thread async throws(ArchiveError) in
            try await thread.run { () throws(ArchiveError) in try archive.flush() }
        }
    }

    /// Writes an event down as well as possible, where a failure is being told already.
    func note(_ event: JournalEvent) async {
        // The run fails for another reason, or for a full disk that has been told before.
        try? await tell(event)
    }
}
