// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
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
                containing: [InitScript.readyMarker, InitScript.failureMarker],
                from: firstLine, awaitsLineEnd: true, orDeath: true, deadline: deadline)
        } catch let exceeded as DeadlineExceeded {
            throw MachineError.hung(
                board: board, after: exceeded.allowed.inSeconds, lastLines: lastLines)
        }
        guard let line else { throw try await qemu.ended(board: board) }
        if let ready = BoardReady(line) { return ready }
        throw failure(line)
    }

    private func failure(_ line: ConsoleLine) -> MachineError {
        console.troubles.contains { $0.kind.isFatal && $0.line == line.number }
            ? .panicked(board: board, line: line.text, lastLines: lastLines)
            : .unreachable(board: board, line: line.text, lastLines: lastLines)
    }

    private var lastLines: [String] { console.lines.suffix(12).map(\.text) }
}
