// SPDX-License-Identifier: GPL-3.0-or-later

package import ReferenceModel
import Vocabulary

/// The IOVA spaces of a case drawn with characters, the highest address on top.
package enum SpaceText {
    /// Draws each space; time goes from left to right, a column for each step that changes it.
    ///
    /// A line has at most as many characters as there are columns, where that can be.
    package static func render(_ prediction: CasePrediction, columns: Int) -> String {
        let grids = SpaceFolder.histories(of: prediction).map {
            SpaceGrid($0, aperture: prediction.aperture)
        }
        guard !grids.isEmpty else { return "Nothing is ever mapped.\n" }
        return grids.map { lines(of: $0, columns).joined(separator: "\n") + "\n" }
            .joined(separator: "\n") + legend
    }

    private static let legend =
        "\n    ██ user memory   ░░ kept for doorbells   ◆◆ doorbell   × refused\n"

    private static func lines(of grid: SpaceGrid, _ columns: Int) -> [String] {
        let labels = grid.rows.map { "\($0.range)" }
        let sizes = grid.rows.map(\.range.spokenSize)
        let widths = (labels.map(\.count).max() ?? 0, sizes.map(\.count).max() ?? 0)
        let room = max(1, (columns - widths.0 - widths.1 - 8) / 4)
        let places = Array(grid.columns.indices)
        let blocks = stride(from: 0, to: places.count, by: room).map {
            places[$0..<min($0 + room, places.count)]
        }
        var result = ["IOVA space \(grid.name), after step"]
        for block in blocks {
            let head = "".padded(to: 4 + widths.0 + 2 + widths.1 + 1)
            result.append(
                head + block.map { "\(grid.columns[$0].step)".leftPadded(to: 4) }.joined())
            for (index, row) in grid.rows.enumerated() {
                let size = sizes[index].leftPadded(to: widths.1)
                let cells = block.map { "  " + glyphs(row, $0) }.joined()
                let line = "    \(labels[index].padded(to: widths.0))  \(size) \(cells)"
                result.append(line.trimmedAtEnd)
            }
        }
        return result + notes(of: grid)
    }

    private static func glyphs(_ row: SpaceGrid.Row, _ place: Int) -> String {
        let glyph = row.cells[place].map { Self.glyph($0.kind) }
        guard row.refusals[place] != nil else { return glyph.map { $0 + $0 } ?? " ·" }
        return (glyph ?? "×") + "×"
    }

    private static func glyph(_ kind: SpacePiece.Kind) -> String {
        switch kind {
        case .user: "█"
        case .kept: "░"
        case .doorbell: "◆"
        case .refused: "×"
        }
    }

    /// Where each doorbell leads, why what was refused was, and where messages go.
    private static func notes(of grid: SpaceGrid) -> [String] {
        var known: Set<SpacePiece> = []
        return grid.columns.flatMap { moment in
            moment.pieces.filter { known.insert($0).inserted }.compactMap { note($0, moment) }
                + moment.messages.map { "    step \(moment.step): \($0)" }
        }
    }

    private static func note(_ piece: SpacePiece, _ moment: SpaceMoment) -> String? {
        switch piece.kind {
        case .doorbell: "    ◆◆ \(piece.range.first) leads to \(piece.note)"
        case .refused: "    ×  step \(moment.step), \(moment.text): \(piece.note)"
        case .user, .kept: nil
        }
    }
}

extension String {
    func leftPadded(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }

    fileprivate var trimmedAtEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
