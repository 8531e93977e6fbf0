// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Judgement
import ReferenceModel
import ResultArchive

struct ListInvariants: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invariants", abstract: "Lists what a run is judged by.")

    @Flag(help: "Print the table of what can be observed where, as the documentation holds it.")
    var coverage = false

    @Option(
        name: .customLong("reach"), parsing: .upToNextOption,
        help: ArgumentHelp(
            "Print as JSON what these archived runs held, suite by suite, as Results/Baselines "
                + "keeps it.", valueName: "run"))
    var reach: [String] = []
    @OptionGroup var options: ListOptions

    private struct Row: Encodable {
        let id: String
        let name: String
        let statement: String
        let generations: [String]
        let needs: [String]
        let reason: String
        let coverage: [String: String]
        /// Where suites were seen to hold it: "smoke on virt-its with debian-6.1".
        let reached: [String]
    }

    func run() async throws {
        let project = Project()
        if !reach.isEmpty {
            let runs = try reach.map { try project.run($0) }
            return Terminal.standardOutput.say(try ReachedByRuns(runs).text())
        }
        let reached = try ReachedByRuns(of: project).all
        if coverage, !options.json {
            return Terminal.standardOutput.write(
                CoverageTable.markdown + ReachTable.markdown(reached))
        }
        let rows = InvariantCatalogue.all.map { invariant in
            let places = invariant.generations.compactMap { generation in
                invariant.coverage(in: generation).map { (generation.rawValue, $0.rawValue) }
            }
            return Row(
                id: invariant.id.description, name: invariant.name,
                statement: invariant.statement, generations: Self.names(of: invariant.generations),
                needs: invariant.needs.map(\.rawValue).sorted(), reason: invariant.reason,
                coverage: Dictionary(uniqueKeysWithValues: places),
                reached: reached.filter { $0.held.contains(invariant.id.text) }
                    .map { "\($0.suite) on \($0.board) with \($0.kernel)" })
        }
        try Listing(rows: rows) {
            [
                $0.id, $0.name, $0.generations.joined(separator: " "),
                $0.needs.joined(separator: " "),
            ]
        }.print(json: options.json)
    }

    /// `all`, or the generations' names in the order of time.
    private static func names(of generations: Set<Generation>) -> [String] {
        generations.count == Generation.allCases.count
            ? ["all"] : Generation.allCases.filter(generations.contains).map(\.rawValue)
    }
}
