// SPDX-License-Identifier: GPL-3.0-or-later

package import Bisection
package import ResultArchive
package import Scheduling
import SystemPackage
import VirtualBoards
package import Vocabulary

/// Kernels that are there already, from the oldest to the newest.
package struct PrebuiltKernels: RevisionKernels {
    /// One kernel, or those that Debian publishes.
    package enum Entry: Sendable, Hashable {
        case recipe(NamedRecipe)
        /// All packages that are meant by a name with stars, by the numbers in their names.
        case published(DebianPackage)
    }

    private let entries: [Entry]
    private let announce: @Sendable (String) -> Void

    /// Takes kernels from good to bad; asking Debian is announced.
    package init(_ entries: [Entry], announce: @escaping @Sendable (String) -> Void) {
        self.entries = entries
        self.announce = announce
    }

    package func revisions(deadline: Deadline) async throws -> [PlannedRevision] {
        let shelf = PackageCupboard(announce: announce, deadline: deadline)
        var all: [PlannedRevision] = []
        for entry in entries {
            switch entry {
            case .recipe(let recipe):
                all.append(
                    PlannedRevision(Revision(recipe.name.text), title: recipe.recipe.summary))
            case .published(let pattern):
                all += try await shelf.published(pattern).map { name in
                    PlannedRevision(Revision(name), title: "Debian's \(name)")
                }
            }
        }
        return all
    }

    package func recipe(of revision: Revision) throws -> NamedRecipe {
        for entry in entries {
            switch entry {
            case .recipe(let recipe) where recipe.name.text == revision.text: return recipe
            case .published(let pattern) where pattern.matches(revision.text):
                if let recipe = NamedRecipe(debian: revision.text) { return recipe }
            case .recipe, .published: continue
            }
        }
        throw UnknownRevision(revision: revision)
    }
}

extension NamedRecipe {
    /// The recipe of one package of Debian; nothing for what is no package's name, or several.
    package init?(debian name: String) {
        guard !name.contains("*"), let package = DebianPackage(pattern: name),
            let kernel = KernelName(name.replacing("+", with: "_"))
        else { return nil }
        self.init(
            name: kernel,
            recipe: KernelRecipe(summary: "Debian's \(name)", source: .debian(package)),
            folder: FilePath("/"))
    }
}
