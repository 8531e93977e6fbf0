// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence
import Foundation
package import Scheduling
import Synchronization
package import SystemPackage

/// A board's serial console: everything it says, from the first byte, in a file and in memory.
package final class Console: Sendable {
    /// This many of the newest lines stay in memory; the file has all.
    package static let remembered = 4096

    /// What must be told to others once the lock is free.
    private struct News {
        let lines: [ConsoleLine]
        let listeners: [AsyncStream<ConsoleLine>.Continuation]
        let satisfied: [(ConsoleWaiter, ConsoleLine)]
    }

    private let log: FileDescriptor
    private let powerOn: ContinuousClock.Instant
    private let state: Mutex<ConsoleState>

    /// Opens the log file, anew.
    /// - Parameters:
    ///   - path: the log.
    ///   - powerOn: the moment that times are counted from.
    ///   - isRunning: whether a kernel runs already: then no boot is expected.
    ///   - longestSilence: after how long without a byte `silence` tells of it.
    /// - Throws: `Errno` of the file.
    package init(
        log path: FilePath, powerOn: ContinuousClock.Instant = .now, isRunning: Bool = false,
        longestSilence: Duration? = nil
    ) throws {
        self.powerOn = powerOn
        state = Mutex(ConsoleState(isRunning: isRunning, longestSilence: longestSilence))
        log = try FileDescriptor.open(
            path, .writeOnly, options: [.create, .truncate, .append, .closeOnExec],
            permissions: [.ownerReadWrite, .groupRead, .otherRead])
    }

    deinit { try? log.close() }

    /// The newest lines, oldest first, the unfinished one included.
    package var lines: [ConsoleLine] {
        state.withLock { $0.allLines }
    }

    /// What the kernel told of trouble, in the order in which it was complete.
    package var troubles: [KernelTrouble] { state.withLock { $0.found } }

    /// What the kernel died of, if it did.
    package var death: KernelTrouble? { troubles.death }

    /// Lets the next boot pass without calling it a reboot: somebody is about to ask for it.
    package func expectBoot() { state.withLock { $0.troubles.expectBoot() } }

    /// Looks whether the board has said nothing for too long, for who has another reason to ask.
    package func silence() -> KernelTrouble? {
        let time = powerOn.duration(to: .now)
        return state.withLock { state in
            let trouble = state.troubles.tick(at: time)
            state.remember([trouble].compactMap(\.self))
            return trouble ?? state.found.last { $0.kind == .silence }
        }
    }

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
    ///   - orDeath: whether a line that says that the kernel is gone will do too.
    ///   - deadline: until when it must come.
    /// - Returns: nothing when the console ended without it.
    /// - Throws: `DeadlineExceeded`, or `CancellationError`.
    package func line(
        containing texts: [String], from firstLine: Int = 0, awaitsLineEnd: Bool = false,
        orDeath: Bool = false, deadline: Deadline
    ) async throws -> ConsoleLine? {
        try await withDeadline(deadline) { [self] in
            try await wait(for: texts, from: firstLine, awaitsLineEnd, orDeath)
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
    package func take(_ bytes: some Collection<UInt8>) {
        let (time, date) = (powerOn.duration(to: .now), Date())
        let news = state.withLock { state in
            let scan = state.scanner.take(bytes, at: time, date: date)
            state.write(scan.log, to: log)
            state.remember(scan.lines)
            state.remember(state.troubles.take(bytes, at: time))
            return News(
                lines: scan.lines, listeners: Array(state.listeners.values),
                satisfied: state.satisfied(by: scan.lines))
        }
        tell(news)
    }

    /// Writes a line of our own into the record, which is told from the board's by its stamp.
    ///
    /// It counts as a line, but is not searched for trouble.
    package func note(_ sentence: String) {
        let (time, date) = (powerOn.duration(to: .now), Date())
        let news = state.withLock { state in
            let scan = state.scanner.note(sentence, at: time, date: date)
            state.write(scan.log, to: log)
            state.remember(scan.lines)
            // One line end for each line of the log, so that both count alike.
            let ends = [UInt8](repeating: UInt8(ascii: "\n"), count: scan.lines.count)
            state.remember(state.troubles.take(ends, at: time))
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
            state.remember(state.troubles.finish())
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
        for texts: [String], from firstLine: Int, _ awaitsLineEnd: Bool, _ orDeath: Bool
    ) async throws -> ConsoleLine? {
        let key = state.withLock { $0.nextKey() }
        let line = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waiter = ConsoleWaiter(
                    texts: texts, firstLine: firstLine, awaitsLineEnd: awaitsLineEnd,
                    awaitsDeath: orDeath, continuation: continuation)
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
