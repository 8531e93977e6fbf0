// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
package import Judgement
package import ResultArchive
import Vocabulary

/// Knows which function of a board served as which kind of device in each case.
package struct ShapeBook: Sendable {
    private struct Key: Hashable {
        let board: BoardName
        let suite: SuiteName
        let name: CaseName
    }

    private var kinds: [Key: [PCIAddress: String]] = [:]

    /// Knows nothing: every shape is about no device.
    package init() {}

    /// Reads which devices the cases of a run were given; the suites say of which kind those are.
    ///
    /// What cannot be read is left out: shapes are then about no device.
    package init(_ run: RunFolder, suites: [SuiteOrder]) {
        guard let boards = try? ArchivedRun(run.path).boards() else { return }
        let records = boards.flatMap { board in
            ((try? board.cases()) ?? []).compactMap { try? $0.record() }
        }
        for record in records { add(record, suites) }
    }

    private mutating func add(_ record: CaseRecord, _ suites: [SuiteOrder]) {
        let suite = suites.first { $0.suite.name == record.suite }?.suite
        guard let entry = suite?.cases.first(where: { $0.name == record.name }) else { return }
        let key = Key(board: record.board, suite: record.suite, name: record.name)
        for (name, address) in record.devices {
            kinds[key, default: [:]][address] = entry.devices[name].map { "\($0.kind)" }
        }
    }

    /// The shape of a finding of a case: its subject begins with a device, or names one.
    package func shape(of finding: Finding, in outcome: CaseOutcome) -> FindingShape {
        let known =
            kinds[Key(board: outcome.board, suite: outcome.suite, name: outcome.name)] ?? [:]
        let words = finding.subject.split(whereSeparator: { " ,;".contains($0) })
        let device = words.compactMap { PCIAddress($0.trimmingSuffix(":")) }
            .compactMap { known[$0] }.first
        return FindingShape(invariant: finding.invariant, device: device)
    }
}

extension FindingShape {
    /// The shapes of everything that an archived run found.
    /// - Throws: `ArchiveError`.
    package static func all(
        in run: ArchivedRun, suites: [SuiteOrder]
    ) throws(ArchiveError) -> [FindingShape] {
        let book = ShapeBook(run.folder, suites: suites)
        var shapes: [FindingShape] = []
        for board in try run.boards() {
            for entry in try board.cases() {
                guard case .differs(let findings)? = try entry.judgement()?.verdict else {
                    continue
                }
                let outcome = CaseOutcome(
                    board: board.name, suite: entry.suite, name: entry.name, word: .differs,
                    took: .zero)
                for shape in findings.map({ book.shape(of: $0, in: outcome) })
                where !shapes.contains(shape) { shapes.append(shape) }
            }
        }
        return shapes
    }
}

extension Substring {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : String(self)
    }
}
