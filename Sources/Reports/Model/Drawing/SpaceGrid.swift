// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// A space as rows of addresses, the highest first, and columns of moments.
struct SpaceGrid {
    /// A run of IOVAs in which nothing ever begins or ends.
    struct Row {
        let range: IOVARange
        /// What lies there at each moment; nothing where it is free.
        let cells: [SpacePiece?]
        /// What was refused there at each moment.
        let refusals: [SpacePiece?]
    }

    let name: String
    let columns: [SpaceMoment]
    let rows: [Row]

    init(_ history: SpaceHistory, aperture: IOVARange) {
        name = history.name
        columns = history.moments
        let ranges = columns.flatMap { $0.pieces.map(\.range) }
        rows = Self.cut(aperture, at: ranges).reversed().map { range in
            Row(
                range: range,
                cells: history.moments.map { Self.cell(of: range, at: $0, refused: false) },
                refusals: history.moments.map { Self.cell(of: range, at: $0, refused: true) })
        }
    }

    /// The last kind wins where several lie: a doorbell lies in the window that is kept for it.
    private static func cell(
        of range: IOVARange, at moment: SpaceMoment, refused: Bool
    ) -> SpacePiece? {
        moment.pieces.filter { $0.range.overlaps(range) && ($0.kind == .refused) == refused }
            .max { $0.kind < $1.kind }
    }

    private static func cut(_ aperture: IOVARange, at ranges: [IOVARange]) -> [IOVARange] {
        let starts = ranges.map(\.first) + ranges.compactMap { $0.last.advanced(by: .bytes(1)) }
        let end = max(aperture.last, ranges.map(\.last).max() ?? aperture.last)
        let inside = Set([aperture.first] + starts).filter { $0 <= end }.sorted()
        return zip(inside, inside.dropFirst().map(Optional.some) + [nil]).compactMap {
            first, next in
            IOVARange(first: first, last: next?.moved(backBy: .bytes(1)) ?? end)
        }
    }
}

extension IOVARange {
    /// How many bytes there are, for people: `2MiB`; `almost 256TiB` where it is no round number.
    var spokenSize: String {
        let (size, overflow) = (last.rawValue &- first.rawValue).addingReportingOverflow(1)
        guard !overflow else { return "2^64B" }
        let exact = ByteCount(rawValue: size)
        guard "\(exact)".count > 8 else { return "\(exact)" }
        for (shift, unit) in [(UInt64(40), "TiB"), (30, "GiB"), (20, "MiB"), (10, "KiB")]
        where size >> shift > 0 {
            return "~\((size + 1 << (shift - 1)) >> shift)\(unit)"
        }
        return "\(exact)"
    }
}
