// SPDX-License-Identifier: GPL-3.0-or-later

package import Bisection
package import ResultArchive
package import Vocabulary

/// What happens while a bisection goes on.
package enum BisectionStep: Sendable {
    /// A source is fetched, a tree laid out.
    case announced(String)
    case compiling(Revision, objects: Int)
    /// A kernel is made that a board is likely to be given next.
    case foreseen(Revision)
    /// A revision is given to a board.
    case chosen(Revision, BoardName)
    /// Something happens on the board that has a revision.
    case running(Revision, JournalEvent)
    /// Something was written to the journal; how far there is to go.
    case learned(BisectionEvent, Remaining)
    /// A boot is ended because others have told what it would tell.
    case spared(Revision)
}

/// How a bisection ends in this process.
package enum BisectionEnd: Sendable {
    case concluded(Conclusion)
    /// It can be gone on with.
    case stopped(Fault)
    /// Somebody wants it to stop; it can be gone on with.
    case interrupted
}
