// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import Synchronization
import Testing

@Suite("Threads for blocking C")
struct ThreadExecutorTests {
    actor Counter {
        let executor: ThreadExecutor
        nonisolated var unownedExecutor: UnownedSerialExecutor {
            executor.asUnownedSerialExecutor()
        }
        private(set) var count = 0
        init(_ executor: ThreadExecutor) { self.executor = executor }

        func increment() -> String? {
            preconditionIsolated()
            count += 1
            return Self.threadName()
        }

        nonisolated static func threadName() -> String? {
            try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)
                .trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }

    final class Tally: Sendable {
        private let value = Mutex(0)
        var count: Int { value.withLock { $0 } }
        func increment() { value.withLock { $0 += 1 } }
    }

    @Test("an actor runs on its own thread, which the kernel knows by name")
    func named() async {
        await ThreadExecutor.withThread(named: "ssh board-03") { executor in
            let counter = Counter(executor)
            #expect(await counter.increment() == "ssh board-03")
        }
    }

    @Test("a thousand callers at once are counted one by one")
    func exclusive() async {
        let executor = ThreadExecutor(named: "counter")
        let counter = Counter(executor)
        await withTaskGroup { group in
            for _ in 0..<1000 { group.addTask { _ = await counter.increment() } }
        }
        #expect(await counter.count == 1000)
        await executor.shutDown()
    }

    @Test("what is queued at shutdown is done, not dropped")
    func drains() async {
        let executor = ThreadExecutor(named: "slow")
        let done = Tally()
        await withTaskGroup { group in
            for _ in 0..<5 {
                group.addTask {
                    await executor.run {
                        usleep(10_000)
                        done.increment()
                    }
                }
            }
            group.addTask { await executor.shutDown() }
        }
        #expect(done.count == 5)
    }

    @Test("a job that comes after shutdown is not lost, and its thread ends too")
    func late() async {
        let executor = ThreadExecutor(named: "late-comer")
        let counter = Counter(executor)
        await executor.shutDown()
        let name = await counter.increment()
        #expect(name == "late-comer")
        await executor.shutDown()
        #expect(await hasEnded("late-comer"))
    }

    @Test("a blocked thread does not hold up the others")
    func liveness() async {
        let executors = (0..<8).map { ThreadExecutor(named: "blocked-\($0)") }
        let gate = DispatchSemaphore(value: 0)
        await withTaskGroup { group in
            for executor in executors {
                group.addTask { @Sendable in await executor.run { gate.wait() } }
            }
            group.addTask { for _ in executors { gate.signal() } }
        }
        for executor in executors { await executor.shutDown() }
    }

    @Test("the typed error of blocking work arrives as itself")
    func typed() async {
        struct Broken: Error {}
        await ThreadExecutor.withThread(named: "broken") { executor in
            do throws(Broken) {
                try await executor.run { () throws(Broken) in throw Broken() }
                Issue.record("no error came")
            } catch {}
        }
    }

    /// Waits for a thread to leave the process: its last act is to wake who awaits its end.
    private func hasEnded(_ name: String) async -> Bool {
        let deadline = ContinuousClock.now + .seconds(5)
        while threadNames().contains(name) {
            guard ContinuousClock.now < deadline else { return false }
            await Task.yield()
        }
        return true
    }

    private func threadNames() -> [String] {
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
        return tasks.compactMap { task in
            try? String(contentsOfFile: "/proc/self/task/\(task)/comm", encoding: .utf8)
                .trimmingCharacters(in: .newlines)
        }
    }
}
