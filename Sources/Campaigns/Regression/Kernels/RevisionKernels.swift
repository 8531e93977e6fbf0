// SPDX-License-Identifier: GPL-3.0-or-later

package import Bisection
package import ResultArchive
package import Scheduling
package import Vocabulary

/// A history whose revisions are kernels.
package protocol RevisionKernels: Sendable {
    /// What a reader must know of the history.
    func notes(deadline: Deadline) async throws -> [String]

    /// The revisions, parents before children; asked once, when the bisection begins.
    func revisions(deadline: Deadline) async throws -> [PlannedRevision]

    /// How the kernel of a revision is made, which is the same tomorrow.
    /// - Throws: `UnknownRevision`, what writes a configuration throws.
    func recipe(of revision: Revision) throws -> NamedRecipe
}

extension RevisionKernels {
    package func notes(deadline: Deadline) async throws -> [String] { [] }
}

/// A revision of a journal that its history does not have any more.
package struct UnknownRevision: Blame, Hashable {
    package let revision: Revision

    package var kind: FaultKind { .suite }

    package var account: Account {
        Account(
            subject: "the bisection", action: "make the kernel of \(revision)",
            cause: "what it goes over has changed since it began, and has no such revision",
            remedy: "Put back what was there, or begin a new one.")
    }
}
