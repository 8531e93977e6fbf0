// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import Synchronization
import SystemPackage

/// A second observer of a virtual board: QEMU itself, whose trace points tell what SMMU, interrupt
/// controller and devices really do, whatever the board's kernel says.
package final class QEMUObserver: Sendable {
    private struct State: ~Copyable {
        let pipe: TracePipe
        var tally = TraceTally()
        var points: [String] = []

        mutating func empty() { pipe.drain(into: &tally) }
    }

    /// How long QEMU's words stay in the pipe: were each read at once, each would cost a switch
    /// from QEMU to us, thousands of times a second.
    private static let pause: TimeInterval = 0.02

    private let state: Mutex<State>
    private let isOver = Atomic(false)

    /// Makes the pipe at a path, which QEMU is to be given.
    /// - Throws: `Errno`.
    init(at path: FilePath) throws {
        state = Mutex(State(pipe: try TracePipe(at: path)))
    }

    /// Gives what QEMU has seen since the last cut: a line with the names of the trace points that
    /// are on, and then each of their lines behind the number of times that it came.
    ///
    /// All that a device did before the board answered is in it: QEMU writes before it goes on.
    package func cut() -> String {
        state.withLock { state in
            state.empty()
            return (["points"] + state.points).joined(separator: " ") + "\n" + state.tally.cut()
        }
    }

    /// Asks which of the trace points that were asked for this QEMU has, and has switched on.
    func learn(from monitor: QMPClient, deadline: Deadline) async throws {
        var points: [String] = []
        for family in TracePoint.families {
            points += try await monitor.tracePoints(like: family, deadline: deadline)
        }
        let known = points.sorted()
        state.withLock { $0.points = known }
    }
}

extension QEMUObserver {
    /// Gives the body an observer that listens as long as the body runs; nothing where the board is
    /// to have none.
    ///
    /// QEMU must not outlive the body: it waits where nobody reads.
    static func withObserver<Value>(
        of spec: MachineSpec, in folder: RunFolder, _ body: (QEMUObserver?) async throws -> Value
    ) async throws -> Value {
        guard spec.isObserved else { return try await body(nil) }
        let observer = try QEMUObserver(at: folder.tracePipe)
        return try await ThreadExecutor.withThread(named: "see \(spec.name)") { thread in
            async let heard: Void = thread.run { observer.listen() }
            let result: Result<Value, any Error>
            do { result = .success(try await body(observer)) } catch { result = .failure(error) }
            observer.isOver.store(true, ordering: .releasing)
            await heard
            return try result.get()
        }
    }

    /// Empties the pipe until it is over; blocks, and must have a thread of its own.
    private func listen() {
        while !isOver.load(ordering: .acquiring) {
            state.withLock { $0.empty() }
            Thread.sleep(forTimeInterval: Self.pause)
        }
    }
}
