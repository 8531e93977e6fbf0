// SPDX-License-Identifier: GPL-3.0-or-later

/// How a script of `git bisect run` ends (git-bisect(1)).
package enum BisectStatus: Int32, Sendable, Hashable, CaseIterable, Error {
    case good = 0
    case bad = 1
    /// This kernel cannot be judged: git leaves it out.
    case cannotTell = 125
    /// Bench, harness or usage: git stops, and keeps what it knows.
    ///
    /// Every number from 128 on does that; 127 and 126 are a shell's, 255 is ssh's.
    case stop = 128

    /// What git is told of a probe.
    package init(_ answer: ProbeAnswer) {
        self =
            switch answer {
            case .good: .good
            case .bad: .bad
            case .cannotTell: .cannotTell
            case .bench, .misuse: .stop
            }
    }
}
