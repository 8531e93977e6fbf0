// SPDX-License-Identifier: GPL-3.0-or-later

package import Bisection
import KernelTree
package import ResultArchive
package import Scheduling
package import SystemPackage
import VirtualBoards
package import Vocabulary

/// The commits of a repository, each compiled as one recipe says.
package struct CommitKernels: RevisionKernels {
    private let base: NamedRecipe
    private let build: KernelBuild
    private let repository: FilePath
    private let good: String
    private let bad: String
    private let firstParents: Bool

    /// Takes a recipe, whose source is left aside, and two words of git for the ends.
    ///
    /// - Throws: `NoBuild` for a kernel that is there already.
    package init(
        _ recipe: NamedRecipe, in repository: FilePath, good: String, bad: String,
        firstParents: Bool
    ) throws(NoBuild) {
        guard case .built(let build) = recipe.recipe.source else {
            throw NoBuild(kernel: recipe.name)
        }
        base = recipe
        self.build = build
        self.repository = repository
        self.good = good
        self.bad = bad
        self.firstParents = firstParents
    }

    package func notes(deadline: Deadline) async throws -> [String] {
        let git = try await GitRepository(repository, deadline: deadline)
        guard try await git.isDirty() else { return [] }
        return [
            "\(repository) has changes that are not committed: kernels are compiled from commits, "
                + "without them"
        ]
    }

    package func revisions(deadline: Deadline) async throws -> [PlannedRevision] {
        let git = try await GitRepository(repository, deadline: deadline)
        let (good, bad) = (try await git.commit(good), try await git.commit(bad))
        guard good != bad else { throw HistoryError.sameEnds(Revision(good)) }
        return try await git.commits(from: good, to: bad, firstParents: firstParents).map {
            commit in
            PlannedRevision(
                Revision(commit.hash), title: commit.subject, author: commit.author,
                parents: firstParents ? nil : commit.parents.map { Revision($0) })
        }
    }

    package func recipe(of revision: Revision) -> NamedRecipe {
        let build = KernelBuild(
            tree: .git(repository: repository.string, revision: revision.text), base: build.base,
            fragments: build.fragments, patches: build.patches,
            lastPatch: build.lastPatch, further: build.further)
        let recipe = KernelRecipe(
            summary: "\(base.recipe.summary), at \(revision.text.prefix(12))",
            source: .built(build), generation: base.recipe.generation, series: base.recipe.series,
            commandLine: base.recipe.commandLine)
        let name = KernelName("\(base.name.text.prefix(80))-\(revision.text.prefix(12))")
        return NamedRecipe(name: name ?? base.name, recipe: recipe, folder: base.folder)
    }
}

/// A kernel that is not compiled here.
package struct NoBuild: Blame, Hashable {
    package let kernel: KernelName

    package var kind: FaultKind { .suite }

    package var account: Account {
        Account(
            subject: "kernel \(kernel)", action: "be bisected",
            cause: "its recipe names a kernel that is built already",
            remedy: "Name a recipe with a source and a configuration.")
    }
}
