// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Campaigns
import Vocabulary

/// A number that is bad past a threshold, as the command line says it.
struct ThresholdChoice: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            A number is past a threshold: latency-p50, latency-p99 or latency-max of traffic, or \
            what a program's 'measures' name.
            """, valueName: "name"))
    var measure: String?

    @Option(help: ArgumentHelp("Bad is more than this: 250us, 7.", valueName: "value"))
    var above: String?

    @Option(help: ArgumentHelp("Bad is less than this: 900MB/s.", valueName: "value"))
    var below: String?

    func validate() throws {
        let sides = [above, below].count { $0 != nil }
        guard sides == (measure == nil ? 0 : 1) else {
            throw ValidationError("--measure wants one of --above and --below, and they want it.")
        }
    }

    /// Nothing where no number is looked for.
    /// - Throws: `UnknownName` for what no case measures, `UnfitThreshold`.
    func threshold(in suites: [SuiteOrder]) throws -> MeasureThreshold? {
        guard let name = measure, let text = above ?? below else { return nil }
        let all = suites.flatMap(\.cases).flatMap(\.measures)
        guard let measure = Measure(archived: name), all.contains(where: { $0.key == measure })
        else {
            throw UnknownName(
                noun: "measure", name: name, place: "what is run",
                known: Set(all.map { "\($0.key)" }).sorted())
        }
        let units = Set(all.filter { $0.key == measure }.map(\.value))
        guard let value = Measured(text), units == [value.unit] else {
            throw UnfitThreshold(
                value: text, measure: measure, units: units.map(\.spoken).sorted())
        }
        return MeasureThreshold(measure, above == nil ? .below : .above, value)
    }
}

/// A value that cannot be compared with what is measured.
struct UnfitThreshold: Blame, Hashable {
    let value: String
    let measure: Measure
    /// In words; more than one where cases do not agree.
    let units: [String]

    var kind: FaultKind { .suite }

    var account: Account {
        Account(
            subject: "the value '\(value)'", action: "be a threshold of \(measure)",
            cause: "it is measured as \(units.joined(separator: ", elsewhere as "))",
            remedy: units.count == 1
                ? "Write the value with its unit." : "Choose cases that agree, with --case.")
    }
}
