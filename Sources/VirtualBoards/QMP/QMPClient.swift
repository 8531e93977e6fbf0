// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
package import Scheduling
package import SystemPackage

/// A conversation with one QEMU over its private monitor socket.
///
/// The calls block on a thread of their own, each until its deadline at most.
package actor QMPClient {
    /// The answer to `query-status`, such as `running`, `paused` or `guest-panicked`.
    package struct Status: Sendable, Hashable {
        package let name: String
        package let isRunning: Bool
    }

    private let executor: ThreadExecutor
    /// Where QEMU calls us; nothing where we have called it.
    private let listener: MonitorListener?
    private var socket: MonitorSocket?
    private var lines = QMPLines()
    private var waiting: [QMPMessage] = []
    private var lastID = 0
    /// The newest events that nobody has asked for yet; at most a thousand.
    private var events: [QMPEvent] = []

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// Listens for QEMU's call at the path, before QEMU is started.
    package init(listeningAt path: FilePath, executor: ThreadExecutor) throws {
        listener = try MonitorListener(at: path)
        self.executor = executor
    }

    /// Calls a QEMU that listens at the path since it was started.
    /// - Throws: `QMPError` when nobody listens there.
    package init(calling path: FilePath, executor: ThreadExecutor) throws {
        listener = nil
        socket = try MonitorSocket(calling: path)
        self.executor = executor
    }

    /// Awaits QEMU's call, unless we have called it, and greets it.
    /// - Throws: `QMPError`, `DeadlineExceeded`, `CancellationError`.
    package func greet(deadline: Deadline) throws -> QEMUVersion {
        if let call = try listener?.accept(deadline: deadline) { socket = consume call }
        guard case .greeting(let version) = try next(during: "the greeting", deadline) else {
            throw QMPError.garbage(line: "something else than a greeting came first")
        }
        try execute("qmp_capabilities", deadline: deadline)
        return version
    }

    /// Executes a command and gives back what it returns.
    /// - Throws: `QMPError.refused` when QEMU says no.
    @discardableResult
    package func execute(
        _ command: String, _ arguments: [String: JSONValue] = [:], deadline: Deadline
    ) throws -> JSONValue {
        lastID += 1
        let request: JSONValue = .object([
            "execute": .string(command), "arguments": .object(arguments),
            "id": .number(Double(lastID)),
        ])
        guard socket != nil else { throw QMPError.closed(during: command) }
        try socket?.send(Array(JSONEncoder().encode(request)) + [UInt8(ascii: "\n")])
        while true {
            switch try next(during: command, deadline) {
            case .reply(lastID, let value): return value
            case .refusal(lastID, let kind, let description):
                throw QMPError.refused(command: command, class: kind, description: description)
            case .event(let event): keep(event)
            case .greeting, .reply, .refusal: continue
            }
        }
    }

    /// Awaits an event; one that came since the last question counts.
    package func event(
        deadline: Deadline, where isWanted: @Sendable (QMPEvent) -> Bool
    ) throws -> QMPEvent {
        while true {
            if let index = events.firstIndex(where: isWanted) { return events.remove(at: index) }
            if case .event(let event) = try next(during: deadline.purpose, deadline) { keep(event) }
        }
    }

    private func keep(_ event: QMPEvent) {
        if events.count == 1000 { events.removeFirst() }
        events.append(event)
    }

    private func next(during purpose: String, _ deadline: Deadline) throws -> QMPMessage {
        while waiting.isEmpty {
            let bytes = try socket?.receive(deadline: deadline) ?? []
            guard !bytes.isEmpty else { throw QMPError.closed(during: purpose) }
            for line in try lines.take(bytes) { waiting.append(try QMPMessage(line: line)) }
        }
        return waiting.removeFirst()
    }
}
