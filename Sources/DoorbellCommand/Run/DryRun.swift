// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Vocabulary

/// What a run would do, as text.
enum DryRun {
    static func text(_ request: RunRequest) -> String {
        let rows = request.boards.flatMap { order in
            request.suites.flatMap { suite in
                suite.cases.map { entry in
                    [
                        order.board.name.text, order.kernel?.name.text ?? "its own kernel",
                        "\(suite.suite.name)/\(entry.name)",
                        entry.program?.name ?? "\(entry.steps.count) steps",
                        entry.summary,
                    ]
                }
            }
        }
        return Listing<String>.aligned(rows)
    }
}
