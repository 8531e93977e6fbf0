// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Synchronization

/// A thread of its own for an actor that makes blocking C calls.
///
/// Swift's pool has as many threads as there are cores: two boards that hang in a C call would
/// stop everything on a small machine, its timeouts included. The thread starts with the first
/// job. After `shutDown()` it ends as soon as nothing is left to do; a job that still comes later
/// (somebody calls a closed connection) starts a thread again and is not lost.
package final class ThreadExecutor: SerialExecutor {
    /// What `top -H` and gdb show; the kernel keeps 15 characters.
    package let name: String
    private let state = Mutex(State())
    private let rest: any ThreadRest

    private struct State {
        var jobs: [@Sendable () -> Void] = []
        var thread: Thread?
        var closing = false
        var joiners: [CheckedContinuation<Void, Never>] = []
    }

    private enum Next {
        case run([@Sendable () -> Void])
        case wait
        case end([CheckedContinuation<Void, Never>])
    }

    package init(named name: String) {
        self.name = name
        rest = PlainRest()
    }

    /// Makes an executor whose thread waits for more than jobs.
    package init(named name: String, resting rest: any ThreadRest) {
        self.name = name
        self.rest = rest
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        append { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    /// Runs blocking work on the thread and awaits its result; cancellation is the work's business.
    package func run<Value: Sendable, Failure: Error>(
        _ work: @escaping @Sendable () throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let result = await withCheckedContinuation { continuation in
            append { continuation.resume(returning: Result(catching: work)) }
        }
        return try result.get()
    }

    /// Lets the thread end when nothing is left to do, without awaiting it.
    package func retire() {
        state.withLock { $0.closing = true }
        rest.wake()
    }

    /// Lets the thread finish what is queued, then ends it and awaits its end.
    ///
    /// Must not be called on the thread itself.
    package func shutDown() async {
        precondition(!isIsolatingCurrentThread, "a thread cannot await its own end")
        await withCheckedContinuation { continuation in
            let idle = state.withLock { state in
                state.closing = true
                if state.thread != nil { state.joiners.append(continuation) }
                return state.thread == nil
            }
            if idle { continuation.resume() } else { rest.wake() }
        }
    }

    /// Gives the body an executor whose thread has ended when this returns.
    package static func withThread<Value, Failure: Error>(
        named name: String, _ body: (ThreadExecutor) async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let executor = ThreadExecutor(named: name)
        return try await withCleanup { () async throws(Failure) -> Value in
            try await body(executor)
        } cleanup: {
            await executor.shutDown()
        }
    }

    package func checkIsolated() {
        precondition(isIsolatingCurrentThread, "not on the thread \(name)")
    }

    package func isIsolatingCurrentContext() -> Bool? { isIsolatingCurrentThread }

    private var isIsolatingCurrentThread: Bool {
        state.withLock { $0.thread === Thread.current }
    }
}

extension ThreadExecutor {
    private func append(_ job: @escaping @Sendable () -> Void) {
        let isOwnThread = state.withLock { state in
            state.jobs.append(job)
            if state.thread == nil { state.thread = started() }
            return state.thread === Thread.current
        }
        // Its own thread looks for jobs before it rests.
        if !isOwnThread { rest.wake() }
    }

    private func started() -> Thread {
        let thread = Thread {
            ThreadName.set(self.name)
            self.loop()
        }
        thread.start()
        return thread
    }

    private func loop() {
        while true {
            switch next() {
            case .run(let jobs): for job in jobs { job() }
            case .wait: rest.rest()
            case .end(let joiners):
                for joiner in joiners { joiner.resume() }
                return
            }
        }
    }

    private func next() -> Next {
        state.withLock { state in
            guard state.jobs.isEmpty else {
                defer { state.jobs.removeAll(keepingCapacity: true) }
                return .run(state.jobs)
            }
            guard state.closing else { return .wait }
            defer { state.joiners.removeAll() }
            state.thread = nil
            return .end(state.joiners)
        }
    }
}
