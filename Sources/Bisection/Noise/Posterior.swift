// SPDX-License-Identifier: GPL-3.0-or-later

/// What is believed of each culprit and of how often the symptom shows, together.
///
/// The hypotheses are the places of a history, where 0 says that the good end is bad already, and one
/// more behind them, which says that the bad end is good.
struct Posterior: Sendable {
    private let model: NoiseModel
    private let told: [Double]
    private let count: Int
    /// For each rate a row of hypotheses; all together they are 1.
    private var weights: [[Double]]

    /// What is believed of either end to be stated wrongly, before anything was seen.
    private static let endDoubt = 0.01

    /// Begins with all candidates alike.
    init(places: Int, _ model: NoiseModel) {
        self.model = model
        told = model.told
        count = places + 1
        let each = (1 - 2 * Self.endDoubt) / Double(places - 1)
        var row = Array(repeating: each, count: count)
        row[0] = Self.endDoubt
        row[count - 1] = Self.endDoubt
        weights = told.map { _ in row.map { $0 / Double(model.told.count) } }
    }

    /// Learns from one boot; the set has the hypotheses under which that revision is bad.
    mutating func learn(isBad: Bool, _ isExpected: (Int) -> Bool) {
        let lies = model.lies.value
        let good = isBad ? lies : 1 - lies
        let expected = (0..<count).map(isExpected)
        var sum = 0.0
        for (rate, told) in told.enumerated() {
            let bad = isBad ? told : 1 - told
            for place in 0..<count {
                weights[rate][place] *= expected[place] ? bad : good
                sum += weights[rate][place]
            }
        }
        normalise(sum)
    }

    /// Learns for certain that no such hypothesis holds.
    mutating func exclude(_ isExcluded: (Int) -> Bool) {
        let excluded = (0..<count).map(isExcluded)
        for rate in weights.indices {
            for place in 0..<count where excluded[place] { weights[rate][place] = 0 }
        }
        normalise(weights.reduce(0) { $0 + $1.reduce(0, +) })
    }

    /// Where everything is excluded, nothing is left to be divided.
    private mutating func normalise(_ sum: Double) {
        guard sum > 0 else { return }
        for rate in weights.indices {
            for place in 0..<count { weights[rate][place] /= sum }
        }
    }

    /// What is believed of each hypothesis.
    var beliefs: [Double] {
        var beliefs = Array(repeating: 0.0, count: count)
        for row in weights {
            for place in 0..<count { beliefs[place] += row[place] }
        }
        return beliefs
    }

    /// For each hypothesis its belief times how often a bad kernel is told to be bad under it.
    var tellings: [Double] {
        var tellings = Array(repeating: 0.0, count: count)
        for (rate, row) in weights.enumerated() {
            for place in 0..<count { tellings[place] += row[place] * told[rate] }
        }
        return tellings
    }

    /// How often the symptom is believed to show on bad kernels, lies of the bench left out.
    var shows: Double {
        let lies = model.lies.value
        return weights.enumerated().reduce(0) { sum, row in
            sum + row.element.reduce(0, +) * (told[row.offset] - lies) / (1 - 2 * lies)
        }
    }
}
