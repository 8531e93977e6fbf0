// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Campaigns
import Foundation
import SystemPackage
import Vocabulary

/// Which mutants, on which lab, as the command line says it.
struct MutantsChoice: ParsableArguments {
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Only these mutants, by the names of their files.", valueName: "name"))
    var only: [String] = []

    @Option(help: "The lab: a name in Labs, or a file.")
    var lab = "virtual"

    /// Reads every patch that is chosen, with its base, its suite and its boards.
    /// - Throws: `LanguageError`, `UnknownName`, `UnfitMutant`.
    func orders(in project: Project) throws -> (lab: SourceText, orders: [MutantOrder]) {
        let path = try project.find("lab", lab, in: project.labs)
        let source = try project.source(path)
        let boards = try Lab(source).boards.filter { $0.isVirtual }.map { board in
            BoardOrder(board: board, labFolder: path.removingLastComponent(), kernel: nil)
        }
        let orders = try patches(in: project).map { patch in
            let mutant = try Mutant(project.source(patch), at: patch)
            return try MutantOrder(
                mutant, base: project.recipe(mutant.base.text),
                suite: Self.suite(mutant.suite, in: project), boards: boards)
        }
        return (source, orders)
    }

    /// The chosen patches, by name.
    private func patches(in project: Project) throws -> [FilePath] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: project.mutants.string)
        let known = (names ?? []).filter { $0.hasSuffix(".patch") }.map { String($0.dropLast(6)) }
            .sorted()
        let wanted = only.map { $0.hasSuffix(".patch") ? String($0.dropLast(6)) : $0 }
        for name in wanted where !known.contains(name) {
            throw UnknownName(
                noun: "mutant", name: name, place: project.shown(project.mutants), known: known)
        }
        return known.filter { wanted.isEmpty || wanted.contains($0) }
            .map { project.mutants.appending($0 + ".patch") }
    }

    private static func suite(_ name: SuiteName, in project: Project) throws -> SuiteOrder {
        let source = try project.source(project.find("suite", name.text, in: project.suites))
        let suite = try Suite(source)
        return SuiteOrder(suite: suite, source: source, cases: suite.cases)
    }
}

extension Board {
    /// Whether it boots the kernel that it is given.
    fileprivate var isVirtual: Bool { if case .qemu = reach { true } else { false } }
}

extension Project {
    /// The patches that make mutants.
    var mutants: FilePath { suites.appending("Mutants") }

    /// What was judged of them.
    var mutantRecords: FilePath { root.appending("Results").appending("Mutants") }
}
