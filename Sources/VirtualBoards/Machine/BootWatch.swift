// SPDX-License-Identifier: GPL-3.0-or-later

import Scheduling

/// Watches a console until the board is ready, or says why it will never be.
struct BootWatch {
    let board: String
    let console: Console
    let qemu: RunningQEMU

    /// Awaits the init script's marker on the console.
    /// - Throws: `MachineError`, or `CancellationError`.
    func ready(from firstLine: Int, deadline: Deadline) async throws -> BoardReady {
        let line: ConsoleLine?
        do {
            line = try await console.line(
                containing: [InitScript.readyMarker, InitScript.failureMarker, Console.panicText],
                from: firstLine, deadline: deadline)
        } catch let exceeded as DeadlineExceeded {
            throw MachineError.hung(
                board: board, after: exceeded.allowed.inSeconds, lastLines: lastLines)
        }
        guard let line else { throw try await qemu.ended(board: board) }
        return try await ready(line, deadline: deadline)
    }

    private func ready(_ line: ConsoleLine, deadline: Deadline) async throws -> BoardReady {
        if let ready = BoardReady(line) { return ready }
        if line.text.contains(Console.panicText) {
            throw MachineError.panicked(board: board, line: line.text, lastLines: lastLines)
        }
        if line.text.contains(InitScript.failureMarker) {
            throw MachineError.unreachable(board: board, line: line.text, lastLines: lastLines)
        }
        // The marker's line was seen before its end came.
        try await Task.sleep(for: .milliseconds(20))
        return try await ready(from: line.number, deadline: deadline)
    }

    private var lastLines: [String] { console.lines.suffix(12).map(\.text) }
}
