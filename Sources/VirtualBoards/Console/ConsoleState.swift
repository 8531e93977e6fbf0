// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import SystemPackage

/// What a console knows, and who is waiting for what: kept under one lock.
struct ConsoleState {
    var scanner = ConsoleScanner()
    var lines: [ConsoleLine] = []
    var troubles: TroubleScanner
    var found: [KernelTrouble] = []
    var logFailure: Errno?
    var hasEnded = false
    var waiters: [Int: ConsoleWaiter] = [:]
    var listeners: [Int: AsyncStream<ConsoleLine>.Continuation] = [:]
    private var lastKey = 0

    init(isRunning: Bool, longestSilence: Duration?) {
        troubles = TroubleScanner(isRunning: isRunning, longestSilence: longestSilence)
    }

    /// The remembered lines, and the one that has no end yet.
    var allLines: [ConsoleLine] { lines + [scanner.unfinished].compactMap(\.self) }

    /// A new number for a waiter or a listener.
    mutating func nextKey() -> Int {
        lastKey += 1
        return lastKey
    }

    /// Writes to the log, until that fails for the first time.
    mutating func write(_ bytes: [UInt8], to log: FileDescriptor) {
        guard logFailure == nil else { return }
        do {
            try log.writeAll(bytes)
        } catch {
            logFailure = error as? Errno ?? .ioError
        }
    }

    mutating func remember(_ new: [ConsoleLine]) {
        lines += new
        // In steps, so that the array is not moved for each line.
        if lines.count > 2 * Console.remembered {
            lines.removeFirst(lines.count - Console.remembered)
        }
    }

    /// Remembers what went wrong; of a storm only the beginning and what is fatal.
    mutating func remember(_ new: [KernelTrouble]) {
        for trouble in new where found.count < Console.remembered || trouble.kind.isFatal {
            found.append(trouble)
        }
    }

    /// Takes the waiters out whose text is in the new lines.
    mutating func satisfied(by new: [ConsoleLine]) -> [(ConsoleWaiter, ConsoleLine)] {
        guard !waiters.isEmpty else { return [] }
        let matches = waiters.compactMap { key, waiter in
            match(waiter, in: new).map { (key, waiter, $0) }
        }
        for (key, _, _) in matches { waiters[key] = nil }
        return matches.map { ($1, $2) }
    }

    /// Keeps a waiter, unless its answer is known already.
    mutating func enlist(_ waiter: ConsoleWaiter, _ key: Int) -> Enlisting {
        if let line = match(waiter, in: lines) { return .answered(line) }
        // A cancellation that came before the waiter was there has found nothing to resume.
        if hasEnded || Task.isCancelled { return .answered(nil) }
        waiters[key] = waiter
        return .waiting
    }

    private func match(_ waiter: ConsoleWaiter, in lines: [ConsoleLine]) -> ConsoleLine? {
        if waiter.awaitsDeath, let line = deadLine(from: waiter.firstLine) { return line }
        if let line = lines.first(where: waiter.accepts) { return line }
        return waiter.awaitsLineEnd
            ? nil : scanner.unfinished.flatMap { waiter.accepts($0) ? $0 : nil }
    }

    /// The line that says that the kernel is gone.
    private func deadLine(from firstLine: Int) -> ConsoleLine? {
        let death = found.first { $0.kind.isFatal && $0.line >= firstLine }
        guard let death else { return nil }
        if let line = lines.last(where: { $0.number == death.line }) { return line }
        // The carriage return tells already, and the line is whole with its line feed.
        return scanner.unfinished?.number == death.line ? nil : lines.last
    }

    enum Enlisting {
        case waiting
        case answered(ConsoleLine?)
    }
}

/// Somebody who waits for a text on the console.
struct ConsoleWaiter {
    let texts: [String]
    /// Lines before this number do not count.
    let firstLine: Int
    /// Whether the line must be complete; a prompt never is.
    let awaitsLineEnd: Bool
    /// Whether the kernel's death is awaited too.
    let awaitsDeath: Bool
    let continuation: CheckedContinuation<ConsoleLine?, Never>

    func accepts(_ line: ConsoleLine) -> Bool {
        line.number >= firstLine && texts.contains { line.text.contains($0) }
    }
}
