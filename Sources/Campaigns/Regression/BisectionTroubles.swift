// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What ends a bisection before it is done; its journal keeps what is known.
package enum BisectionTrouble: Blame, Hashable {
    /// Every board was left out.
    case noBoardLeft(last: Fault?)
    /// Bench faults, again and again.
    case tooManyFaults(count: Int, last: Fault)

    package var kind: FaultKind { .bench }

    package var account: Account {
        let remedy = "What is known is kept: repair the bench, then `./doorbell bisect resume`."
        return switch self {
        case .noBoardLeft(let last):
            Account(
                subject: "the bisection", action: "go on",
                cause: "no board is left" + (last.map { "; the last one: \($0.account)" } ?? ""),
                remedy: remedy)
        case .tooManyFaults(let count, let last):
            Account(
                subject: "the bisection", action: "go on",
                cause: "the bench failed \(count) times; the last time: \(last.account)",
                remedy: remedy)
        }
    }
}
