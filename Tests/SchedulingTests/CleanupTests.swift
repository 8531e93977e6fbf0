// SPDX-License-Identifier: GPL-3.0-or-later

import Scheduling
import Synchronization
import Testing

@Suite("Cleaning up")
struct CleanupTests {
    struct Broken: Error {}

    @Test("cleanup follows success")
    func success() async {
        let cleaned = Atomic(false)
        let value = await withCleanup {
            3
        } cleanup: {
            cleaned.store(true, ordering: .relaxed)
        }
        #expect(value == 3)
        let ran = cleaned.load(ordering: .relaxed)
        #expect(ran)
    }

    @Test("cleanup follows failure, and the failure is passed on")
    func failure() async {
        let cleaned = Atomic(false)
        await #expect(throws: Broken.self) {
            try await withCleanup {
                throw Broken()
            } cleanup: {
                cleaned.store(true, ordering: .relaxed)
            }
        }
        let ran = cleaned.load(ordering: .relaxed)
        #expect(ran)
    }

    @Test("the cleanup of a cancelled task can still wait")
    func cancelled() async {
        let waited = Mutex(false)
        let task = Task {
            try await withCleanup {
                try await Task.sleep(for: .seconds(60))
            } cleanup: {
                let finished: Void? = try? await Task.sleep(for: .milliseconds(20))
                waited.withLock { $0 = finished != nil }
            }
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(waited.withLock { $0 })
    }
}

@Suite("Retrying")
struct RetryingTests {
    struct NotYet: Error {}
    struct Hopeless: Error {}

    @Test("an attempt is repeated until it succeeds")
    func untilSuccess() async throws {
        var attempts = 0
        try await retrying(until: .after(.seconds(60), for: "it"), pause: .milliseconds(1)) {
            attempts += 1
            if attempts < 4 { throw NotYet() }
        }
        #expect(attempts == 4)
    }

    @Test("an error that will not pass ends it at once")
    func forGood() async {
        var attempts = 0
        await #expect(throws: Hopeless.self) {
            try await retrying(
                until: .after(.seconds(60), for: "it"), while: { $0 is NotYet }
            ) {
                attempts += 1
                throw Hopeless()
            }
        }
        #expect(attempts == 1)
    }

    @Test("at the deadline the last error is told")
    func deadline() async {
        let error = await #expect(throws: DeadlineExceeded.self) {
            try await retrying(
                until: .after(.milliseconds(30), for: "it"), pause: .milliseconds(10)
            ) { throw NotYet() }
        }
        #expect(error?.lastWords == "NotYet()")
    }
}
