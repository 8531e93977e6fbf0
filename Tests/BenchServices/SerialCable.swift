// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import Synchronization
import SystemPackage

/// A cable from a machine's serial port to a serial server's, each a device file of this machine.
///
/// Either end may be closed and opened again: a machine that is switched off and on finds its port
/// as it was, and what it says while nobody listens at the other end is lost.
package final class SerialCable: Sendable {
    /// The machine's port.
    package let machine: PseudoTerminal
    /// The serial server's port.
    package let server: PseudoTerminal
    private let isCut = Atomic(false)

    private init() throws {
        (machine, server) = (try PseudoTerminal(), try PseudoTerminal())
    }

    /// Carries what the machine says for as long as the body runs.
    /// - Throws: `Errno`; what the body throws.
    package static func run<Value: Sendable>(
        _ body: @escaping @Sendable (SerialCable) async throws -> Value
    ) async throws -> Value {
        let cable = try SerialCable()
        // A line that nobody has open ends: we keep the machine's open while it has no power.
        let port = open(cable.machine.path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard port >= 0, cable.empty() else { throw Errno(rawValue: errno) }
        defer { close(port) }
        let carrier = Task {
            await ThreadExecutor.withThread(named: "cable") { thread in
                await thread.run { cable.carry() }
            }
        }
        return try await withCleanup {
            try await body(cable)
        } cleanup: {
            cable.isCut.store(true, ordering: .relaxed)
            await carrier.value
        }
    }

    private func carry() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        var isHeard = true
        while !isCut.load(ordering: .relaxed) {
            guard wait(for: POLLIN, on: machine) == POLLIN else { continue }
            let count = read(machine.master.rawValue, &buffer, buffer.count)
            if wait(for: POLLOUT, on: server) & POLLHUP == 0 {
                isHeard = true
            } else if isHeard {
                isHeard = !empty()
            }
            if isHeard, count > 0 { pass(buffer[..<count]) }
        }
    }

    private func pass(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        while !rest.isEmpty, !isCut.load(ordering: .relaxed) {
            let sent = rest.withUnsafeBytes {
                write(server.master.rawValue, $0.baseAddress, $0.count)
            }
            if sent > 0 {
                rest = rest.dropFirst(sent)
            } else if errno != EAGAIN || wait(for: POLLOUT, on: server) & POLLHUP != 0 {
                return
            }
        }
    }

    /// Forgets what nobody has read: Linux would keep it for the next one who opens the port.
    private func empty() -> Bool {
        let port = open(server.path, O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
        guard port >= 0 else { return false }
        defer { close(port) }
        return tcflush(port, TCIFLUSH) == 0
    }

    /// Waits a tenth of a second at most.
    private func wait(for event: Int32, on line: PseudoTerminal) -> Int32 {
        var entry = pollfd(fd: line.master.rawValue, events: Int16(event), revents: 0)
        return poll(&entry, 1, 100) > 0 ? Int32(entry.revents) : 0
    }
}
