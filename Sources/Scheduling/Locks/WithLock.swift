// SPDX-License-Identifier: GPL-3.0-or-later

package import SystemPackage

/// Runs the body while no other process runs one under the same lock file.
///
/// - Throws: what the body throws; `Errno` when the file cannot be made; `DeadlineExceeded` and
///   `CancellationError` while waiting.
package func withLock<Value>(
    on path: FilePath, deadline: Deadline, _ body: () async throws -> Value
) async throws -> Value {
    let lock = try await awaitLock(on: path, deadline: deadline)
    let value = try await body()
    _ = consume lock
    return value
}

private func awaitLock(on path: FilePath, deadline: Deadline) async throws -> FileLock {
    while true {
        if let lock = try FileLock(trying: path) { return lock }
        try deadline.check()
        // The system has no lock that can be awaited and cancelled.
        try await Task.sleep(for: .milliseconds(50))
    }
}
