// SPDX-License-Identifier: GPL-3.0-or-later

import Dispatch

/// What a thread does while it has no job: it waits, perhaps for more than jobs.
package protocol ThreadRest: AnyObject, Sendable {
    /// Waits until something happens or `wake` was called since the last wait; then returns.
    ///
    /// Runs on the executor's thread, when no job is running and none is queued.
    func rest()
    /// Ends the present wait, or the next one. Any thread may call it.
    func wake()
}

/// Waits for jobs and nothing else.
final class PlainRest: ThreadRest {
    private let semaphore = DispatchSemaphore(value: 0)

    func rest() { semaphore.wait() }
    func wake() { semaphore.signal() }
}
