// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Dispatch
import Reports
import ResultArchive
import Synchronization

/// Shows on standard error how a run goes on.
final class RunScreen: Sendable {
    private let terminal = Terminal.standardError
    private let progress: Mutex<Progress>

    init() {
        let columns = terminal.isInteractive ? terminal.columns : nil
        progress = Mutex(
            Progress(columns: columns, ink: terminal.hasColours ? .coloured : .plain))
    }

    func show(_ event: JournalEvent) {
        progress.withLock { terminal.write($0.hear(event, at: .now())) }
    }

    /// Says why nothing seems to happen: a download, an image being made.
    func announce(_ line: String) {
        progress.withLock { terminal.write($0.finish() + "doorbell: \(line)\n") }
    }

    func finish() {
        progress.withLock { terminal.write($0.finish()) }
    }
}
