// SPDX-License-Identifier: GPL-3.0-or-later

package import ReferenceModel
import Vocabulary

/// The IOVA spaces of a case drawn as SVG, the highest address on top.
///
/// Runs of addresses have one height whatever their size: a doorbell's page is as important as the
/// terabytes above it.
package enum SpaceSVG {
    /// Draws each space below the other; time goes from left to right.
    package static func render(_ prediction: CasePrediction) -> String {
        var sheet = SVGSheet()
        sheet.title(
            "\(prediction.board), \(prediction.suite)/\(prediction.name)",
            "generation \(prediction.expectation.generation.rawValue), kernel \(prediction.kernel)")
        for history in SpaceFolder.histories(of: prediction) {
            SpacePicture(SpaceGrid(history, aperture: prediction.aperture)).draw(on: &sheet)
        }
        SVGLegend.draw(on: &sheet)
        return sheet.rendered()
    }
}

/// One space on a sheet.
struct SpacePicture {
    private static let rowHeight = 26
    private static let columnWidth = 74
    private static let left = 290
    private let grid: SpaceGrid

    init(_ grid: SpaceGrid) { self.grid = grid }

    private var width: Int { grid.columns.count * Self.columnWidth }

    func draw(on sheet: inout SVGSheet) {
        sheet.text(20, sheet.bottom + 20, "IOVA space \(grid.name)", .heading)
        sheet.text(Self.left - 12, sheet.bottom + 20, "after step", .label, anchor: .end)
        for (place, moment) in grid.columns.enumerated() {
            let x = Self.left + place * Self.columnWidth + Self.columnWidth / 2
            sheet.text(x, sheet.bottom + 20, "\(moment.step)", .label, anchor: .middle)
        }
        sheet.bottom += 32
        for row in grid.rows { draw(row, on: &sheet) }
        sheet.bottom += 8
        for moment in grid.columns { note(moment, on: &sheet) }
        sheet.bottom += 14
    }

    private func draw(_ row: SpaceGrid.Row, on sheet: inout SVGSheet) {
        let top = sheet.bottom
        sheet.text(20, top + 17, "\(row.range)", .address)
        sheet.text(Self.left - 12, top + 17, row.range.spokenSize, .label, anchor: .end)
        sheet.box(Self.left, top, width, Self.rowHeight, .free)
        for run in runs(of: row) {
            let x = Self.left + run.columns.lowerBound * Self.columnWidth
            let wide = run.columns.count * Self.columnWidth
            sheet.box(x, top, wide, Self.rowHeight, SVGSheet.Fill(run.piece.kind))
            let free = run.columns.prefix { row.refusals[$0] == nil }
            sheet.text(
                x + free.count * Self.columnWidth / 2, top + 17,
                words(run.piece, columns: free.count), .inside, anchor: .middle)
        }
        for (place, refusal) in row.refusals.enumerated() {
            guard let refusal else { continue }
            let x = Self.left + place * Self.columnWidth
            sheet.box(x + 10, top + 4, Self.columnWidth - 20, Self.rowHeight - 8, .refused)
            sheet.text(
                x + Self.columnWidth / 2, top + 17, refusal.note, .inside, anchor: .middle)
        }
        sheet.widen(to: Self.left + width + 20)
        sheet.bottom += Self.rowHeight
    }

    /// Neighbouring moments in which the same lies there.
    private func runs(of row: SpaceGrid.Row) -> [(piece: SpacePiece, columns: Range<Int>)] {
        var runs: [(piece: SpacePiece, columns: Range<Int>)] = []
        for (place, cell) in row.cells.enumerated() {
            guard let cell else { continue }
            if let last = runs.last, last.piece == cell, last.columns.upperBound == place {
                runs[runs.count - 1].columns = last.columns.lowerBound..<(place + 1)
            } else {
                runs.append((cell, place..<(place + 1)))
            }
        }
        return runs
    }

    private func words(_ piece: SpacePiece, columns: Int) -> String {
        switch piece.kind {
        case _ where columns == 0: ""
        case .user: "user"
        case .kept: columns > 1 ? "kept free" : "kept"
        case .doorbell: columns > 1 ? "doorbell → \(piece.note)" : "doorbell"
        case .refused: piece.note
        }
    }

    private func note(_ moment: SpaceMoment, on sheet: inout SVGSheet) {
        let text = ["step \(moment.step): \(moment.text)"] + moment.messages
        let line = text.joined(separator: "; ")
        sheet.text(20, sheet.bottom + 14, line, .label)
        sheet.widen(to: 40 + line.count * 7)
        sheet.bottom += 18
    }
}
