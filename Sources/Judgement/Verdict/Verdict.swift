// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What is said of a kernel in the end.
package enum Verdict: Sendable, Hashable, Codable {
    /// All that was observed is as the model says, and something was.
    ///
    /// An exposure stays here: the model predicts it from the board's layout, and the kernel does
    /// what it must. Reports show it beside the verdict (`CaseJudgement.remarks`).
    case agrees
    /// The kernel does something else than the model says.
    case differs([Finding])
    /// Nothing can be said of the kernel, and whose fault that is.
    case inconclusive(Fault)
}
