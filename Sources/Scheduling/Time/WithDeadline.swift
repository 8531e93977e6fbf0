// SPDX-License-Identifier: GPL-3.0-or-later

/// Runs the body, and cancels it when the deadline passes.
///
/// A deadline only asks: the body's end is awaited even then, so every blocking call in it must
/// look at cancellation. A value that the body still returns is kept.
/// - Throws: what the body throws; `DeadlineExceeded` with the body's last words when it was
///   cut short; `CancellationError` only when somebody cancelled the caller.
package func withDeadline<Value: Sendable>(
    _ deadline: Deadline, _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try deadline.check()
    let outcome = try await race(deadline, body)
    switch outcome {
    case .finished(let result): return try result.get()
    case .cutShort(.success(let value)): return value
    case .cutShort(.failure(let error)):
        try Task.checkCancellation()
        let words = error is CancellationError ? "" : String(describing: error)
        throw DeadlineExceeded(deadline, lastWords: words)
    }
}

private enum Outcome<Value: Sendable>: Sendable {
    case finished(Result<Value, any Error>)
    case cutShort(Result<Value, any Error>)
}

private func race<Value: Sendable>(
    _ deadline: Deadline, _ body: @escaping @Sendable () async throws -> Value
) async throws -> Outcome<Value> {
    try await withThrowingTaskGroup(of: Result<Value, any Error>?.self) { group in
        group.addTask { await result(of: body) }
        group.addTask {
            // A cancelled sleep is the caller's cancellation, or the body's end: no news either way.
            try? await Task.sleep(until: deadline.instant, clock: .continuous)
            return nil
        }
        var cutShort = false
        while let next = try await group.next() {
            group.cancelAll()
            if let next { return cutShort ? .cutShort(next) : .finished(next) }
            cutShort = deadline.hasPassed
        }
        throw CancellationError()
    }
}

private func result<Value: Sendable>(
    of body: () async throws -> Value
) async -> Result<Value, any Error> {
    do { return .success(try await body()) } catch { return .failure(error) }
}
