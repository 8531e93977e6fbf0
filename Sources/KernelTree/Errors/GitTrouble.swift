// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Why a repository's history cannot be searched.
package enum GitTrouble: Blame, Hashable {
    case noRepository(String)
    /// Its history was cut off where it was cloned.
    case shallow(String)
    case unknownRevision(String, String)
    case notAnAncestor(good: String, bad: String, base: String)

    package var kind: FaultKind { .suite }

    package var account: Account {
        switch self {
        case .noRepository(let path):
            Account(
                subject: path, action: "be bisected", cause: "it is no repository of git",
                remedy: "Name the folder of a clone with --repository.")
        case .shallow(let path):
            Account(
                subject: path, action: "be bisected",
                cause: "it is a shallow clone: the commits between the ends are not all there",
                remedy: "`git -C \(path) fetch --unshallow` brings them.")
        case .unknownRevision(let word, let path):
            Account(
                subject: "revision '\(word)'", action: "be found",
                cause: "\(path) has no such commit, tag or branch",
                remedy: "`git -C \(path) log --oneline` lists what there is.")
        case .notAnAncestor(let good, let bad, let base):
            Account(
                subject: "a bisection", action: "begin",
                cause: "\(good.prefix(12)), which is good, is not an ancestor of "
                    + "\(bad.prefix(12)), which is bad",
                remedy: base.isEmpty
                    ? "They have no commit in common: name others."
                    : "Begin at their merge base \(base.prefix(12)), or exchange them and look "
                        + "for what repaired it.")
        }
    }
}
