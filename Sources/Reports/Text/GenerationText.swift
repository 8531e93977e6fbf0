// SPDX-License-Identifier: GPL-3.0-or-later

import Judgement
import ReferenceModel
import Vocabulary

extension TextReport {
    /// Tells which generation each board's kernel was held against, and how that was decided.
    static func generations(_ report: RunReport) -> [String] {
        var boards: [(choice: GenerationChoice, names: [BoardName])] = []
        for found in report.cases {
            guard let choice = found.judgement.choice else { continue }
            if let place = boards.firstIndex(where: { $0.choice == choice }) {
                if !boards[place].names.contains(found.board) {
                    boards[place].names.append(found.board)
                }
            } else {
                boards.append((choice, [found.board]))
            }
        }
        return boards.map { choice, names in
            "generation \(choice.generation.rawValue) on "
                + names.map(\.text).joined(separator: ", ") + ": \(safe(choice.reason))"
        }
    }
}
