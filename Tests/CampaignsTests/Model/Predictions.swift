// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import ReferenceModel
import SystemPackage
import Vocabulary

/// What the model says of suites of the repository on boards of Labs/Facts.
enum Predictions {
    static func of(
        _ suite: String, on board: String, as generation: Generation? = nil, series: Int? = nil,
        kernel: KernelVersion? = nil, freshHost: Bool = false
    ) throws -> [CasePrediction] {
        let source = try SourceText(path: repository.appending(path: "Suites/\(suite).yaml"))
        let suite = try Suite(source)
        var description = try BoardDescription(
            SourceText(path: repository.appending(path: "Labs/Facts/\(board).yaml")))
        if let kernel { description.facts.kernel = kernel }
        return try SuitePrediction(
            on: description, generation: generation, series: series, freshHost: freshHost
        ).cases(of: [SuiteOrder(suite: suite, source: source, cases: suite.cases)])
    }
}
