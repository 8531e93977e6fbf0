// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Reports
import ResultArchive
import SystemPackage
import Testing
import Vocabulary

@Suite("The matrix that is kept")
struct MutantBaselineTests {
    private static let folder = repository.appending("Results").appending("Baselines")

    private func matrix() throws -> MutantMatrix {
        try MutantShelf.matrix(Self.folder.appending("mutants.json"))
    }

    @Test("Every mutant of the repository stands in it, caught by what must fall or rightly quiet")
    func complete() throws {
        let matrix = try matrix()
        let patches = repository.appending("Suites").appending("Mutants")
        let names = try FileManager.default.contentsOfDirectory(atPath: patches.string)
            .filter { $0.hasSuffix(".patch") }.map { String($0.dropLast(6)) }.sorted()
        #expect(matrix.mutants.map(\.name.text) == names)
        for record in matrix.mutants {
            #expect(record.outcome == (record.intended.isEmpty ? .quiet : .caught))
            for trial in record.boards {
                #expect(trial.kernel?.recipe == record.name && trial.kernel?.buildID != nil)
            }
        }
    }

    @Test("The page is made from it")
    func page() throws {
        let page = try String(
            contentsOfFile: Self.folder.appending("mutants.md").string, encoding: .utf8)
        #expect(page == MutantPage.text(try matrix()))
    }
}
