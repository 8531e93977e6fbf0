// SPDX-License-Identifier: GPL-3.0-or-later

import ResultArchive
import Vocabulary

extension TextReport {
    /// Which kernel the verdicts speak of, and what proves it: a line for each, with its boards.
    static func kernels(_ report: RunReport, _ ink: Ink) -> [String] {
        var boards: [KernelLine: [BoardName]] = [:]
        var order: [KernelLine] = []
        for found in report.cases {
            guard let line = found.kernel.map(KernelLine.init) else { continue }
            if boards[line] == nil { order.append(line) }
            if boards[line]?.contains(found.board) != true {
                boards[line, default: []].append(found.board)
            }
        }
        guard !order.isEmpty else { return [] }
        let header = ["kernel", "recipe", "build ID", "image SHA-256", "boards"]
        var table = TextTable(header: header, ink: ink)
        for line in order {
            let names = boards[line, default: []].map(\.text).joined(separator: ", ")
            table.add((line.cells + [names]).map { .init(text: $0) })
        }
        return table.lines + warmBoots(report)
    }

    /// Boards whose kernel came without a reset: a line for each.
    private static func warmBoots(_ report: RunReport) -> [String] {
        var lines: [String] = []
        for found in report.cases {
            guard let boot = found.kernel?.boot, boot.isWarm else { continue }
            let line =
                boot == .snapshot
                ? "\(found.board) was not booted (\(safe(boot.description))): it went on where it "
                    + "had been kept after an earlier boot, with that boot's ID"
                : "\(found.board) was booted \(safe(boot.description)): interrupt controller "
                    + "and SMMU were found as the kernel before has left them"
            if !lines.contains(line) { lines.append(line) }
        }
        return lines
    }
}

/// What two boards that run the same kernel have in common: all but the boot.
private struct KernelLine: Hashable {
    let cells: [String]

    init(_ kernel: KernelRecord) {
        cells = [
            safe(kernel.release), kernel.recipe?.text ?? "—", safe(kernel.buildID ?? "—"),
            kernel.image.map { String($0.hexadecimal.prefix(16)) + "…" } ?? "—",
        ]
    }
}
