// SPDX-License-Identifier: GPL-3.0-or-later

package import Bisection
import Foundation
import KernelTree
package import ResultArchive
package import Scheduling
package import SystemPackage
import VirtualBoards
import Vocabulary

/// One source with two configurations, and those between them: an option after the other changes.
package struct OptionKernels: RevisionKernels {
    private let base: NamedRecipe
    private let build: KernelBuild
    private let good: FilePath
    /// Those of the good configuration, which stay in its order.
    private let before: [StatedOption]
    /// What the bad one has otherwise, in its order; what it does not have is off.
    private let changes: [StatedOption]

    /// Takes a recipe, whose configuration is left aside, and two whole `.config` files.
    ///
    /// - Throws: `NoBuild`, `RecipeTrouble` for what cannot be read, `HistoryError.sameEnds`.
    package init(_ recipe: NamedRecipe, good: FilePath, bad: FilePath) throws {
        guard case .built(let build) = recipe.recipe.source else {
            throw NoBuild(kernel: recipe.name)
        }
        base = recipe
        self.build = build
        self.good = good
        before = try OptionFile(reading: good, for: recipe.name).options
        let after = try OptionFile(reading: bad, for: recipe.name).options
        changes = Self.changes(from: before, to: after)
        guard !changes.isEmpty else { throw HistoryError.sameEnds(Revision(bad.string)) }
    }

    private static func changes(
        from before: [StatedOption], to after: [StatedOption]
    ) -> [StatedOption] {
        let old = Dictionary(before.map { ($0.name, $0.value) }) { $1 }
        let new = Dictionary(after.map { ($0.name, $0.value) }) { $1 }
        let set = after.filter { (old[$0.name] ?? .off) != $0.value }
        let gone = before.filter { new[$0.name] == nil && $0.value != .off }
        return set
            + gone.map { StatedOption(name: $0.name, value: .off, file: $0.file, line: $0.line) }
    }

    /// What the good configuration is called.
    private static let unchanged = Revision("unchanged")

    package func notes(deadline: Deadline) -> [String] {
        ["an option that depends on others changes together with the last of them"]
    }

    package func revisions(deadline: Deadline) -> [PlannedRevision] {
        [PlannedRevision(Self.unchanged, title: good.string)]
            + changes.map { PlannedRevision(Revision($0.name), title: "\($0)") }
    }

    package func recipe(of revision: Revision) throws -> NamedRecipe {
        let count = try count(upTo: revision)
        let file = try OptionShelf().keep(text(changing: changes.prefix(count)))
        let build = KernelBuild(
            tree: build.tree, base: .file(RecipePath(file.string)), patches: build.patches,
            lastPatch: build.lastPatch, further: build.further, sharesTree: true)
        let recipe = KernelRecipe(
            summary: "\(base.recipe.summary), up to \(revision)", source: .built(build),
            generation: base.recipe.generation, series: base.recipe.series,
            commandLine: base.recipe.commandLine)
        return NamedRecipe(name: base.name.point(count), recipe: recipe, folder: base.folder)
    }

    private func count(upTo revision: Revision) throws(UnknownRevision) -> Int {
        if revision == Self.unchanged { return 0 }
        guard let place = changes.firstIndex(where: { $0.name == revision.text }) else {
            throw UnknownRevision(revision: revision)
        }
        return place + 1
    }

    /// A whole configuration; Kconfig completes what depends on it.
    private func text(changing changes: some Collection<StatedOption>) -> String {
        let new = Dictionary(changes.map { ($0.name, $0) }) { $1 }
        let kept = before.filter { new[$0.name] == nil }
        return (kept + changes).map { "\($0)\n" }.joined()
    }
}

/// Keeps configurations by their content: kernels that were compiled from them are found again.
private struct OptionShelf {
    func keep(_ text: String) throws -> FilePath {
        let folder = BoardCache().kernels.appending("configurations")
        try FileManager.default.createDirectory(
            atPath: folder.string, withIntermediateDirectories: true)
        let path = folder.appending("\(Fingerprint(of: [text])).config")
        try text.write(toFile: path.string, atomically: true, encoding: .utf8)
        return path
    }
}
