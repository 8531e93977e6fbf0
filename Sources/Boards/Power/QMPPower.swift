// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling
package import SystemPackage
import VirtualBoards

/// Power of a virtual machine that somebody else has started, over its QMP socket.
///
/// A process that ended cannot be switched on again, so off freezes the processors and on resets
/// the machine and lets it go: nothing that ran before runs on, but memory is not cleared.
package struct QMPPower: PowerDriver {
    private let socket: FilePath

    package init(socket: FilePath) { self.socket = socket }

    package var title: String { "QEMU's monitor at \(socket)" }
    package var hasOwnCycle: Bool { false }

    /// Freezes the processors, or resets the machine and lets it go where it does not run.
    package func carryOut(_ action: PowerAction, deadline: Deadline) async throws {
        try await withMonitor(deadline) { monitor in
            let isRunning = try await monitor.status(deadline: deadline).isRunning
            if action == .off {
                try await monitor.stop(deadline: deadline)
            } else if !isRunning || action == .cycle {
                try await monitor.reset(deadline: deadline)
                try await monitor.resume(deadline: deadline)
            }
        }
    }

    /// Asks whether the processors run.
    package func state(deadline: Deadline) async throws -> PowerState? {
        try await withMonitor(deadline) { monitor in
            try await monitor.status(deadline: deadline).isRunning ? .on : .off
        }
    }

    /// QEMU serves one client at a time: nobody keeps the socket longer than for one action.
    private func withMonitor<Value: Sendable>(
        _ deadline: Deadline, _ body: @Sendable (QMPClient) async throws -> Value
    ) async throws -> Value {
        let path = socket
        return try await ThreadExecutor.withThread(named: "qmp power") { executor in
            let client = try QMPClient(calling: path, executor: executor)
            _ = try await client.greet(deadline: deadline)
            return try await body(client)
        }
    }
}
