// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence

extension TextReport {
    /// What kernels told of on their consoles: each trouble once, with how often and where first.
    static func troubles(_ report: RunReport, _ ink: Ink) -> [String] {
        let lines = report.troubles.flatMap { board in
            var order: [KernelTrouble] = []
            var counts: [String: Int] = [:]
            for trouble in board.troubles {
                if counts[trouble.title] == nil { order.append(trouble) }
                counts[trouble.title, default: 0] += 1
            }
            return order.map { trouble in
                let count = counts[trouble.title] ?? 1
                return "    \(board.board)  \(safe(trouble.description))"
                    + (count == 1 ? "" : " (\(count) times)")
                    + "  console.log:\(trouble.line + 1)"
            }
        }
        return lines.isEmpty ? [] : [ink.bold("told by kernels on their consoles")] + lines
    }
}
