// SPDX-License-Identifier: GPL-3.0-or-later

import KernelTree
import Synchronization
import Vocabulary

/// Shows on standard error how far a build is: one line that changes, or a line now and then.
final class BuildScreen: Sendable {
    private let terminal = Terminal.standardError
    /// Whether the cursor stands behind a line that is not finished.
    private let isOpen = Mutex(false)

    func announce(_ line: String) {
        finish()
        terminal.say("doorbell: \(line)")
    }

    func show(_ kernel: KernelName, _ progress: BuildProgress) {
        let line = "doorbell: \(kernel): \(progress.objects) objects, \(progress.current)"
        guard terminal.isInteractive else {
            if progress.objects.isMultiple(of: 250) { terminal.say(line) }
            return
        }
        isOpen.withLock { $0 = true }
        // Back to the first column, and the rest of the line before wiped out.
        terminal.write("\r" + line.prefix(terminal.columns - 1) + "\u{1b}[K")
    }

    func finish() {
        if isOpen.withLock({ isOpen in
            defer { isOpen = false }
            return isOpen
        }) {
            terminal.write("\r\u{1b}[K")
        }
    }
}
