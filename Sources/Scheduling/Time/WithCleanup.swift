// SPDX-License-Identifier: GPL-3.0-or-later

#if compiler(>=6.4)
#warning("cancellation shields (SE-0504) exist now: let them replace the task in withCleanup")
#endif

/// Runs the body and then the cleanup, whatever became of the body, a cancellation included.
///
/// The cleanup runs in a task of its own, so it is never cancelled; it must bring its own short
/// deadline. What it learns it must record itself: the body's outcome is what is passed on.
package func withCleanup<Value, Failure: Error>(
    _ body: () async throws(Failure) -> Value, cleanup: @escaping @Sendable () async -> Void
) async throws(Failure) -> Value {
    let value: Value
    do {
        value = try await body()
    } catch {
        await Task { await cleanup() }.value
        throw error
    }
    await Task { await cleanup() }.value
    return value
}
