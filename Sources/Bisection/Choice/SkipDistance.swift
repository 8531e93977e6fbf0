// SPDX-License-Identifier: GPL-3.0-or-later

/// How likely a revision can be judged, from how far it is from those that could not be.
///
/// What does not build rarely stands alone. The more was skipped, the farther away is the next try.
struct SkipDistance {
    private let skipped: [Int]

    /// Takes how many candidates each skipped revision has among its ancestors.
    init(skipped counts: [Int]) { skipped = counts.sorted() }

    /// 1 where nothing was skipped; the count is how many candidates a revision has behind it.
    func trust(_ count: Int) -> Double {
        guard let nearest = skipped.map({ abs($0 - count) }).min() else { return 1 }
        let distance = Double(max(nearest, 1))
        return distance / (distance + Double(skipped.count))
    }
}
