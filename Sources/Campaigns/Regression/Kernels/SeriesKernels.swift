// SPDX-License-Identifier: GPL-3.0-or-later

package import Bisection
import Foundation
import KernelTree
import ReferenceModel
package import ResultArchive
package import Scheduling
import SystemPackage
package import Vocabulary

/// A source with one patch of its series after the other.
package struct SeriesKernels: RevisionKernels {
    private let base: NamedRecipe
    private let build: KernelBuild
    /// The folder of the series.
    private let folder: FilePath
    /// As the series names them.
    private let patches: [String]

    /// What the revision without any patch is called.
    package static let unpatched = Revision("unpatched")

    /// The places of the ends, counted in patches.
    private let ends: ClosedRange<Int>

    /// Takes a recipe with a series, and the patches that are its ends: without them all is searched.
    ///
    /// - Throws: `NoSeries` where it has none; `RecipeTrouble` where the series cannot be read;
    ///   `UnknownName` for a patch that is not in it; `HistoryError` for ends in the wrong order.
    package init(_ recipe: NamedRecipe, from good: String? = nil, upTo bad: String? = nil) throws {
        guard case .built(let build) = recipe.recipe.source, let patches = build.patches else {
            throw NoSeries(kernel: recipe.name)
        }
        base = recipe
        self.build = build
        let path = recipe.path(patches)
        folder = path.removingLastComponent()
        let series = try PatchSeries(of: path, upTo: build.lastPatch, kernel: recipe.name)
        let names = series.patches.map(\.name)
        self.patches = names
        let low = try good.map { try Self.place(of: $0, in: names, path) } ?? 0
        let high = try bad.map { try Self.place(of: $0, in: names, path) } ?? names.count
        guard low <= high else {
            throw HistoryError.notAnAncestor(good: Revision(good ?? ""), bad: Revision(bad ?? ""))
        }
        ends = low...high
    }

    /// How many patches there are up to one, which may be called by the number that it begins with.
    private static func place(
        of word: String, in names: [String], _ series: FilePath
    ) throws(UnknownName) -> Int {
        if word == unpatched.text { return 0 }
        guard let place = names.lastIndex(where: { $0 == word || $0.hasPrefix(word + "-") }) else {
            throw UnknownName(noun: "patch", name: word, place: series.string, known: names)
        }
        return place + 1
    }

    package func revisions(deadline: Deadline) throws -> [PlannedRevision] {
        let first = PlannedRevision(Self.unpatched, title: "\(base.name) without its patches")
        let all =
            [first]
            + patches.map { name in
                let path = folder.pushing(FilePath(name))
                let text = FileManager.default.contents(atPath: path.string) ?? Data()
                let mail = MailHead(String(decoding: text, as: UTF8.self))
                return PlannedRevision(
                    Revision(name), title: mail.subject ?? name, author: mail.author)
            }
        return Array(all[ends])
    }

    package func recipe(of revision: Revision) throws -> NamedRecipe {
        let names = try names(upTo: revision)
        let build = KernelBuild(
            tree: build.tree, base: build.base, fragments: build.fragments,
            further: names.map { RecipePath(folder.pushing(FilePath($0)).string) })
        let recipe = KernelRecipe(
            summary: "\(base.recipe.summary), up to \(revision)", source: .built(build),
            generation: base.recipe.generation, series: place(of: names),
            commandLine: base.recipe.commandLine)
        return NamedRecipe(name: base.name.point(names.count), recipe: recipe, folder: base.folder)
    }

    private func names(upTo revision: Revision) throws(UnknownRevision) -> [String] {
        if revision == Self.unpatched { return [] }
        guard let place = patches.firstIndex(of: revision.text) else {
            throw UnknownRevision(revision: revision)
        }
        return Array(patches[...place])
    }

    /// How far a kernel of the RFC's series is: as the numbers of its patches say.
    ///
    /// A patch that stands in the middle of them has the number of the one before.
    private func place(of names: [String]) -> Int? {
        guard base.recipe.generation == .mixed else { return nil }
        let numbers = names.map { name in
            Int(name.split(separator: "/").last?.prefix { $0.isNumber } ?? "") ?? 0
        }
        return numbers.filter { $0 <= SeriesPatch.allCases.count }.max() ?? 0
    }
}

/// A kernel without a series of patches.
package struct NoSeries: Blame, Hashable {
    package let kernel: KernelName

    package var kind: FaultKind { .suite }

    package var account: Account {
        Account(
            subject: "kernel \(kernel)", action: "be bisected patch by patch",
            cause: "its recipe has no 'patches'",
            remedy: "Name a recipe with a series, or bisect commits.")
    }
}

/// What a patch that was mailed says of itself.
struct MailHead {
    let subject: String?
    let author: String?

    /// Reads the lines before the first empty one; a line that begins with a space goes on.
    init(_ text: String) {
        var fields: [(name: String, value: String)] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).prefix(60) {
            if line.isEmpty { break }
            if line.first == " ", !fields.isEmpty {
                fields[fields.count - 1].value += line
            } else if let colon = line.firstIndex(of: ":") {
                let value = line[line.index(after: colon)...].drop { $0 == " " }
                fields.append((line[..<colon].lowercased(), String(value)))
            }
        }
        func value(_ name: String) -> String? { fields.first { $0.name == name }?.value }
        subject = value("subject").map { subject in
            guard subject.hasPrefix("["), let end = subject.firstIndex(of: "]") else {
                return subject
            }
            return String(subject[subject.index(after: end)...].drop { $0 == " " })
        }
        author = value("from")
    }
}

extension KernelName {
    /// The name of one kernel of a history of this one.
    func point(_ number: Int) -> KernelName {
        KernelName("\(text.prefix(80))-\(number)") ?? self
    }
}
