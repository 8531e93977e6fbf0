// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Synchronization
package import SystemPackage
package import VirtualBoards
import Vocabulary

/// Records a board's console from a source that may drop, and says where nothing was heard.
package enum ConsoleRecorder {
    /// The first and the longest wait before a source is tried again; each wait doubles the last.
    private static let waits = (first: Duration.milliseconds(250), longest: Duration.seconds(10))

    /// Records what the source gives for as long as the body runs.
    ///
    /// A source that drops is tried again until it is back, and the record shows the gap with its
    /// times. A command that ends by itself is no error: the record just stops there, and says so.
    /// - Throws: `Errno` of the log file; what the body throws.
    package static func withConsole<Value>(
        of source: any ConsoleSource, log: FilePath, longestSilence: Duration? = nil,
        _ body: (Console) async throws -> Value
    ) async throws -> Value {
        let console = try Console(log: log, isRunning: true, longestSilence: longestSilence)
        // Not a child task: the caller's cancellation must not end the record of the clean-up.
        let recorder = Task {
            let listener = ConsoleListener(take: { console.take($0) }, note: { console.note($0) })
            await follow(source, listener)
            console.end()
        }
        let result: Result<Value, any Error>
        do { result = .success(try await body(console)) } catch { result = .failure(error) }
        recorder.cancel()
        await recorder.value
        return try result.get()
    }

    /// Hears a source until it ends for good or the task is cancelled, and tells of each gap.
    package static func follow(_ source: any ConsoleSource, _ record: ConsoleListener) async {
        let gap = ConsoleGap(note: record.note)
        let listener = ConsoleListener(
            take: { bytes in
                gap.close()
                record.take(bytes)
            }, note: { record.note("\(source.title): \($0)") })
        var wait = waits.first
        while !Task.isCancelled {
            let reason = await end(of: source, listener)
            guard !Task.isCancelled else { return }
            // A source that was heard in between starts over with short waits.
            if gap.open(source.title, because: reason, comesBack: source.comesBack) {
                wait = waits.first
            }
            guard source.comesBack else { return }
            try? await Task.sleep(for: wait)
            wait = min(wait * 2, waits.longest)
        }
    }

    /// Listens once, and gives why it ended.
    private static func end(
        of source: any ConsoleSource, _ listener: ConsoleListener
    ) async -> String {
        do {
            try await source.listen(listener)
            return "it ended"
        } catch let error as any Blame {
            return error.account.cause
        } catch {
            return "\(error)"
        }
    }
}

/// Whether a console is heard just now, and since when it is not.
private final class ConsoleGap: Sendable {
    private let note: @Sendable (String) -> Void
    /// Nothing while the source is heard.
    private let beginning = Mutex<Date?>(nil)

    init(note: @escaping @Sendable (String) -> Void) { self.note = note }

    /// Begins a gap unless there is one, and says so in the record; tells whether it began now.
    func open(_ title: String, because reason: String, comesBack: Bool) -> Bool {
        let isNew = beginning.withLock { date in
            defer { date = date ?? Date() }
            return date == nil
        }
        guard isNew else { return false }
        let rest =
            comesBack ? "what the board says now is lost" : "nothing is recorded from here on"
        note("\(title) is not heard: \(reason); \(rest)")
        return true
    }

    /// Ends the gap with the first byte that is heard again.
    func close() {
        let since = beginning.withLock { date in
            defer { date = nil }
            return date
        }
        guard let since else { return }
        let now = Date()
        let length = String(format: "%.1f", now.timeIntervalSince(since))
        note("heard again; gap from \(text(since)) to \(text(now)), \(length) s")
    }

    private func text(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
