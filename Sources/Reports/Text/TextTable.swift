// SPDX-License-Identifier: GPL-3.0-or-later

/// Rows of cells in columns, two spaces apart.
struct TextTable {
    /// A cell, and how it looks once it has its width.
    struct Cell {
        let text: String
        var paint: (String) -> String = { $0 }
        var isRightAligned = false
    }

    private var rows: [[Cell]] = []

    init(header: [String], ink: Ink) {
        rows = [header.map { Cell(text: $0, paint: ink.bold) }]
    }

    mutating func add(_ row: [Cell]) { rows.append(row) }

    /// Whether there is nothing but the header.
    var isEmpty: Bool { rows.count <= 1 }

    /// Renders a line for each row; there are no spaces at line ends.
    var lines: [String] {
        let widths = rows.reduce(into: [Int]()) { widths, row in
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.text.count)
            }
        }
        return rows.map { row in line(row, widths) }
    }

    private func line(_ row: [Cell], _ widths: [Int]) -> String {
        row.enumerated().map { column, cell in
            let space = String(repeating: " ", count: widths[column] - cell.text.count)
            if cell.isRightAligned { return space + cell.paint(cell.text) }
            let isLast = column == row.count - 1
            return cell.paint(cell.text) + (isLast ? "" : space)
        }.joined(separator: "  ")
    }
}

/// A time for people: `0.3 s`, `61.3 s`, `12 min 5 s`.
func spoken(_ time: Duration) -> String {
    let milliseconds =
        time.components.seconds * 1_000 + time.components.attoseconds / 1_000_000_000_000_000
    let tenths = (milliseconds + 50) / 100
    guard tenths >= 1_200 else { return "\(tenths / 10).\(tenths % 10) s" }
    let seconds = (milliseconds + 500) / 1_000
    return "\(seconds / 60) min \(seconds % 60) s"
}
