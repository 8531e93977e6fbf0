// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Amounts of information, in bits.
enum Entropy {
    /// That of something with two outcomes, of which one has this probability.
    static func ofTwo(_ probability: Double) -> Double {
        part(probability) + part(1 - probability)
    }

    /// What one outcome contributes.
    static func part(_ probability: Double) -> Double {
        probability > 0 ? -probability * log2(probability) : 0
    }

    /// How many questions with two answers tell this many things apart.
    static func questions(_ count: Double) -> Double { count > 1 ? log2(count) : 0 }
}
