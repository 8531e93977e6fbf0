// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A record that does not belong to the search that it was given to.
package enum SearchError: Blame, Hashable {
    case unknown(Revision)

    package var kind: FaultKind { .suite }

    package var account: Account {
        switch self {
        case .unknown(let revision):
            Account(
                subject: "the bisection", action: "take what is said of \(revision)",
                cause: "its history has no such revision",
                remedy: "A journal belongs to the history that it was begun with.")
        }
    }
}
