// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
package import Scheduling
import Synchronization
package import SystemPackage

/// A board's serial console: everything it says, from the first byte, in a file and in memory.
package final class Console: Sendable {
    /// This many of the newest lines stay in memory; the file has all.
    package static let remembered = 4096
    /// How every kernel begins its last words (Linux 6.12, kernel/panic.c).
    static let panicText = "Kernel panic - not syncing"

    /// What must be told to others once the lock is free.
    private struct News {
        let lines: [ConsoleLine]
        let listeners: [AsyncStream<ConsoleLine>.Continuation]
        let satisfied: [(ConsoleWaiter, ConsoleLine)]
    }

    private let log: FileDescriptor
    private let powerOn: ContinuousClock.Instant
    private let state = Mutex(ConsoleState())

    /// Opens the log file, anew.
    /// - Throws: `Errno` of the file.
    package init(log path: FilePath, powerOn: ContinuousClock.Instant = .now) throws {
        self.powerOn = powerOn
        log = try FileDescriptor.open(
            path, .writeOnly, options: [.create, .truncate, .append, .closeOnExec],
            permissions: [.ownerReadWrite, .groupRead, .otherRead])
    }

    deinit { try? log.close() }

    /// The newest lines, oldest first, the unfinished one included.
    package var lines: [ConsoleLine] {
        state.withLock { $0.allLines }
    }

    /// The first line that says that the kernel panicked.
    package var panic: ConsoleLine? { state.withLock { $0.panic } }

    /// Why the log file is incomplete, if it is: a full disk does not stop the board.
    package var logFailure: Errno? { state.withLock { $0.logFailure } }

    /// Whether nothing more can come: the board is switched off.
    package var hasEnded: Bool { state.withLock { $0.hasEnded } }

    /// The number that the next line will have.
    package var nextLine: Int {
        state.withLock { $0.scanner.unfinished?.number ?? $0.lines.last.map { $0.number + 1 } ?? 0 }
    }

    /// The lines from now on; a listener that is too slow loses the oldest ones.
    package func listen() -> AsyncStream<ConsoleLine> {
        AsyncStream(bufferingPolicy: .bufferingNewest(Self.remembered)) { continuation in
            let key: Int? = state.withLock { state in
                if state.hasEnded { return nil }
                let key = state.nextKey()
                state.listeners[key] = continuation
                return key
            }
            guard let key else { return continuation.finish() }
            continuation.onTermination = { [weak self] _ in
                _ = self?.state.withLock { $0.listeners.removeValue(forKey: key) }
            }
        }
    }

    /// Awaits the first line that contains one of the texts, the remembered ones included.
    /// - Parameters:
    ///   - texts: any of them will do.
    ///   - firstLine: lines before this number do not count.
    ///   - awaitsLineEnd: whether the line must be complete; a prompt never is.
    ///   - deadline: until when it must come.
    /// - Returns: nothing when the console ended without it.
    /// - Throws: `DeadlineExceeded`, or `CancellationError`.
    package func line(
        containing texts: [String], from firstLine: Int = 0, awaitsLineEnd: Bool = false,
        deadline: Deadline
    ) async throws -> ConsoleLine? {
        try await withDeadline(deadline) { [self] in
            try await wait(for: texts, from: firstLine, awaitsLineEnd)
        }
    }

    /// Awaits that nothing more can come.
    /// - Throws: `DeadlineExceeded`, or `CancellationError`.
    package func awaitEnd(deadline: Deadline) async throws {
        _ = try await line(containing: [], deadline: deadline)
    }
}

extension Console {
    /// Takes what the board just sent.
    package func take(_ bytes: some Sequence<UInt8>) {
        let (time, date) = (powerOn.duration(to: .now), Date())
        let news = state.withLock { state in
            let scan = state.scanner.take(bytes, at: time, date: date)
            state.write(scan.log, to: log)
            state.remember(scan.lines)
            return News(
                lines: scan.lines, listeners: Array(state.listeners.values),
                satisfied: state.satisfied(by: scan.lines))
        }
        tell(news)
    }

    private func tell(_ news: News) {
        for (waiter, line) in news.satisfied { waiter.continuation.resume(returning: line) }
        for listener in news.listeners { for line in news.lines { listener.yield(line) } }
    }

    /// Hears that nothing more will come.
    package func end() {
        let (news, disappointed) = state.withLock { state in
            state.hasEnded = true
            let last = [state.scanner.finish()].compactMap(\.self)
            state.remember(last)
            let news = News(
                lines: last, listeners: Array(state.listeners.values),
                satisfied: state.satisfied(by: last))
            defer { (state.waiters, state.listeners) = ([:], [:]) }
            return (news, Array(state.waiters.values))
        }
        tell(news)
        for waiter in disappointed { waiter.continuation.resume(returning: nil) }
        for listener in news.listeners { listener.finish() }
    }

    private func wait(
        for texts: [String], from firstLine: Int, _ awaitsLineEnd: Bool
    ) async throws -> ConsoleLine? {
        let key = state.withLock { $0.nextKey() }
        let line = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waiter = ConsoleWaiter(
                    texts: texts, firstLine: firstLine, awaitsLineEnd: awaitsLineEnd,
                    continuation: continuation)
                let enlisting = state.withLock { $0.enlist(waiter, key) }
                if case .answered(let line) = enlisting { continuation.resume(returning: line) }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: key) }?
                .continuation.resume(returning: nil)
        }
        if line == nil { try Task.checkCancellation() }
        return line
    }
}
