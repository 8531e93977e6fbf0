// SPDX-License-Identifier: GPL-3.0-or-later

package import KernelTree
package import ResultArchive
package import Vocabulary

/// What happens while mutants are judged.
package enum MutantEvent: Sendable {
    /// A source is fetched, a tree laid out.
    case announced(String)
    /// The compiler begins an object of a mutant.
    case compiling(KernelName, BuildProgress)
    /// Something happens on a board of a mutant.
    case running(KernelName, JournalEvent)
    /// A mutant is judged; whether that was known from before.
    case ended(MutantRecord, wasKnown: Bool)
}
