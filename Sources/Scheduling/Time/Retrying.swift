// SPDX-License-Identifier: GPL-3.0-or-later

/// Repeats an attempt until it succeeds, fails for good, or the deadline passes.
///
/// `pause` lies between the end of one attempt and the start of the next; `isPassing` says whether
/// a later attempt may still succeed after this error.
/// - Throws: the first error that will not pass; `DeadlineExceeded` with the last error's words;
///   `CancellationError` when the caller is cancelled.
package func retrying<Value>(
    until deadline: Deadline, pause: Duration = .milliseconds(200),
    while isPassing: (any Error) -> Bool = { _ in true },
    _ attempt: () async throws -> Value
) async throws -> Value {
    while true {
        do {
            return try await attempt()
        } catch {
            try Task.checkCancellation()
            guard isPassing(error) else { throw error }
            guard deadline.remaining > pause else {
                throw DeadlineExceeded(deadline, lastWords: String(describing: error))
            }
        }
        try await Task.sleep(for: pause)
    }
}
