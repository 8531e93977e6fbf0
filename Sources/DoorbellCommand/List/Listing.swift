// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Rows of facts that print as aligned columns or as JSON.
struct Listing<Row: Encodable> {
    let rows: [Row]
    let cells: (Row) -> [String]

    /// Prints the rows; an empty list prints nothing, or `[]`.
    func print(json: Bool) throws {
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            let text = String(decoding: try encoder.encode(rows), as: UTF8.self)
            Terminal.standardOutput.say(text)
        } else {
            Terminal.standardOutput.write(Self.aligned(rows.map(cells)))
        }
    }

    /// Pads all cells but the last of each row to the width of their column.
    static func aligned(_ table: [[String]]) -> String {
        let columns = table.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            table.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        return table.map { row in
            row.enumerated().map { column, cell in
                column == row.count - 1
                    ? cell : cell.padding(toLength: widths[column], withPad: " ", startingAt: 0)
            }.joined(separator: "  ") + "\n"
        }.joined()
    }
}
