// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// What a set of mutants shows: how good the test bench is, in numbers.
package struct MutantMatrix: Sendable, Hashable, Codable {
    package let mutants: [MutantRecord]
    /// From the first kernel to the last verdict; what was known from before took no time.
    package let tookMilliseconds: Int64
    /// How many of the records were known from before.
    package let known: Int
    package let wasInterrupted: Bool

    package init(
        mutants: [MutantRecord], tookMilliseconds: Int64, known: Int, wasInterrupted: Bool
    ) {
        self.mutants = mutants
        self.tookMilliseconds = tookMilliseconds
        self.known = known
        self.wasInterrupted = wasInterrupted
    }

    /// How many mutants ended like this.
    package func count(_ outcome: MutantRecord.Outcome) -> Int {
        mutants.count { $0.outcome == outcome }
    }

    /// The time of the compiler for all of them.
    package var compileTime: Duration { .milliseconds(sum(\.compileMilliseconds)) }

    /// The time of boards and suites for all of them.
    package var runTime: Duration { .milliseconds(sum(\.runMilliseconds)) }

    /// The compiler's share of all work, 0…1; nothing where nothing took time.
    package var compilerShare: Double? {
        let all = compileTime + runTime
        return all > .zero ? compileTime / all : nil
    }

    private func sum(_ part: KeyPath<MutantRecord, Int64>) -> Int64 {
        mutants.reduce(0) { $0 + $1[keyPath: part] }
    }
}
