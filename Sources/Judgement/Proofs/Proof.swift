// SPDX-License-Identifier: GPL-3.0-or-later

/// What one step has shown, in a sentence that is made from what was seen of it.
///
/// It decides nothing: findings do. It is for a reader who wants to know what a device can do to
/// doorbells on this board, and what it was kept from.
package struct Proof: Sendable, Hashable, Codable {
    /// How far the sentence goes.
    package enum Weight: String, Sendable, Hashable, Codable, CaseIterable {
        /// It was seen.
        case proved
        /// It was tried, and what came of it leaves the question open; the sentence says why.
        case open
        /// VFIO made the interrupts itself: no doorbell was rung, and nothing is said of a mapping.
        case synthetic
    }

    /// The step's place in the case, from 0.
    package let step: Int
    package let weight: Weight
    /// Complete by itself, with neither an address of this machine nor a line end.
    package let sentence: String

    package init(step: Int, weight: Weight, sentence: String) {
        self.step = step
        self.weight = weight
        self.sentence = sentence
    }
}
