// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Judgement
import ReferenceModel

struct ListInvariants: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invariants", abstract: "Lists what a run is judged by.")

    @OptionGroup var options: ListOptions

    private struct Row: Encodable {
        let id: String
        let statement: String
        let generations: [String]
        let needs: [String]
        let reason: String
    }

    func run() async throws {
        let rows = InvariantCatalogue.all.map { invariant in
            Row(
                id: invariant.id.description, statement: invariant.statement,
                generations: invariant.generations.map(\.rawValue).sorted(),
                needs: invariant.needs.map(\.rawValue).sorted(), reason: invariant.reason)
        }
        try Listing(rows: rows) { [$0.id, $0.statement] }.print(json: options.json)
    }
}
