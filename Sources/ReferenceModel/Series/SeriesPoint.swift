// SPDX-License-Identifier: GPL-3.0-or-later

/// A tree on the way from the RFC's base to its end: which of its patches are applied.
///
/// The base is Robin Murphy's v7 series on 4.8: the DMA layer maps doorbells of host drivers, and
/// VFIO's domains have no cookie. Any set that builds is a point, since the order inside the series
/// is inferred; `afterPatch(k)` is the one of the shortlog.
package struct SeriesPoint: Sendable, Hashable, Codable {
    package let applied: Set<SeriesPatch>

    /// All of the series.
    package static let complete = SeriesPoint(known: Set(SeriesPatch.allCases))
    /// Nothing of it.
    package static let base = SeriesPoint(known: [])

    private init(known: Set<SeriesPatch>) { applied = known }

    /// Makes a point.
    ///
    /// - Throws: `ModelError.doesNotBuild` when a patch is applied without one whose names it uses.
    package init(applied: Set<SeriesPatch>) throws(ModelError) {
        for patch in applied.sorted() {
            if let missing = patch.needs.subtracting(applied).min() {
                throw .doesNotBuild(patch, without: missing)
            }
        }
        self.applied = applied
    }

    /// The tree with patches 1 to `count` applied, where `count` is clamped to 0...11.
    package static func afterPatch(_ count: Int) -> SeriesPoint {
        SeriesPoint(known: Set(SeriesPatch.allCases.filter { $0.rawValue <= count }))
    }

    func has(_ patch: SeriesPatch) -> Bool { applied.contains(patch) }
}

extension SeriesPoint: CustomStringConvertible {
    package var description: String {
        let count = applied.count
        if count == 0 { return "none of 11 patches" }
        if self == .afterPatch(count) { return "patches 1 to \(count) of 11" }
        return "patches \(applied.sorted().map { "\($0.rawValue)" }.joined(separator: ", ")) of 11"
    }
}
