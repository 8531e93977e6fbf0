// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import KernelTree
import Reports
import Synchronization

/// Shows on standard error how far the mutants are.
final class MutantsScreen: Sendable {
    private let terminal = Terminal.standardError
    private let progress: Mutex<MutantProgress>

    init(of count: Int) {
        let columns = terminal.isInteractive ? terminal.columns : nil
        progress = Mutex(
            MutantProgress(
                of: count, columns: columns, ink: terminal.hasColours ? .coloured : .plain))
    }

    func show(_ event: MutantEvent) {
        progress.withLock { progress in
            let text =
                switch event {
                case .announced(let line): progress.announce(line)
                case .compiling(let name, let build):
                    progress.compiles(name, objects: build.objects, current: build.current)
                case .running(let name, let event): progress.runs(name, event)
                case .ended(let record, let wasKnown):
                    progress.ends(record, wasKnown: wasKnown)
                }
            terminal.write(text)
        }
    }

    func finish() { progress.withLock { terminal.write($0.finish()) } }
}
