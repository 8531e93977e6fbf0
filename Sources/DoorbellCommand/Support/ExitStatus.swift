// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// What the process's exit status means; thrown to end with it when all has been said.
enum ExitStatus: Int32, Error {
    case agrees = 0
    case differs = 1
    /// Wrong usage, or an invalid file.
    case usage = 2
    case inconclusive = 3
    /// Our own error.
    case harness = 4
    case interrupted = 130

    init(_ kind: FaultKind) {
        switch kind {
        case .suite: self = .usage
        case .kernel, .bench: self = .inconclusive
        case .harness: self = .harness
        }
    }
}
