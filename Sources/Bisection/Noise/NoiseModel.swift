// SPDX-License-Identifier: GPL-3.0-or-later

/// How far one boot can be believed.
package struct NoiseModel: Hashable, Sendable {
    /// In how many boots of a bad kernel the symptom shows; nothing where the search has to learn it.
    package let shows: Probability?
    /// In how many boots the bench tells the opposite of what the kernel did.
    package let lies: Probability
    /// How sure the search must be before it names anything.
    package let confidence: Probability

    /// Nothing where nothing could ever be concluded: a symptom that shows as often on good kernels.
    package init?(
        shows: Probability?, lies: Probability = Probability(percent: 1),
        confidence: Probability = Probability(percent: 99)
    ) {
        guard lies.value < 0.5, shows?.value ?? 1 > 0, confidence.value > 0.5,
            confidence.value < 1
        else { return nil }
        self.shows = shows
        self.lies = lies
        self.confidence = confidence
    }

    /// The rates that are weighed against each other where none is stated.
    private static let grid = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1]

    /// For each rate that is possible, how often a bad kernel is told to be bad.
    var told: [Double] {
        let rates = shows.map { [$0.value] } ?? Self.grid
        return rates.map { $0 * (1 - lies.value) + (1 - $0) * lies.value }
    }
}
