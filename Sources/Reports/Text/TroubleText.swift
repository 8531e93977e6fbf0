// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ResultArchive

extension TextReport {
    /// What kernels told of on their consoles: each trouble once, with how often and where first.
    static func troubles(_ report: RunReport, _ ink: Ink) -> [String] {
        let lines = report.troubles.flatMap { board in
            told(board.troubles, in: "console.log").map { "    \(board.board)  \($0)" }
        }
        return lines.isEmpty ? [] : [ink.bold("told by kernels on their consoles")] + lines
    }

    /// What dead kernels have left in the persistent stores of their boards; a kernel's last words
    /// may be many records.
    static func testaments(_ report: RunReport, _ ink: Ink) -> [String] {
        let lines = report.troubles.flatMap { board in
            let quiet = board.records.filter(\.troubles.isEmpty)
            let words = board.records.flatMap { told($0.troubles, in: safe($0.file)) }
            let rest = quiet.first.map { first in
                quiet.count == 1
                    ? "no trouble in \(safe(first.file))"
                    : "no trouble in \(safe(first.file)) and \(quiet.count - 1) more"
            }
            return (words + [rest].compactMap(\.self)).map { "    \(board.board)  \($0)" }
        }
        return lines.isEmpty ? [] : [ink.bold("left by dead kernels in persistent stores")] + lines
    }

    private static func told(_ troubles: [KernelTrouble], in file: String) -> [String] {
        var order: [KernelTrouble] = []
        var counts: [String: Int] = [:]
        for trouble in troubles {
            if counts[trouble.title] == nil { order.append(trouble) }
            counts[trouble.title, default: 0] += 1
        }
        return order.map { trouble in
            let count = counts[trouble.title] ?? 1
            return safe(trouble.description) + (count == 1 ? "" : " (\(count) times)")
                + "  \(file):\(trouble.line + 1)"
        }
    }
}
