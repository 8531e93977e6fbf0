// SPDX-License-Identifier: GPL-3.0-or-later

import ResultArchive
import Vocabulary

/// A column of the table of a bisection's boots, for a terminal and for a page.
struct BootColumn {
    let name: String
    var isNumber = false
    /// The cell of a boot; boots are counted from 1.
    let text: (Int, BisectionBoot) -> String

    /// The columns of a bisection; what was measured stands behind the verdict.
    static func all(of story: BisectionStory) -> [BootColumn] {
        let measured = story.measure.map { measure in
            BootColumn(name: "\(measure)", isNumber: true) { _, boot in
                boot.evidence?.measured.map { "\($0.value)" } ?? "—"
            }
        }
        let before = [
            BootColumn(name: "boot", isNumber: true) { number, _ in "\(number)" },
            BootColumn(name: revision) { _, boot in BisectionText.short(boot.revision) },
            BootColumn(name: "board") { _, boot in boot.board?.text ?? "—" },
            BootColumn(name: verdict) { _, boot in boot.verdict.rawValue },
        ]
        let behind = [
            BootColumn(name: "made in", isNumber: true) { _, boot in
                spoken(.milliseconds(boot.makeMilliseconds))
            },
            BootColumn(name: "booted in", isNumber: true) { _, boot in
                spoken(.milliseconds(boot.bootMilliseconds))
            },
            BootColumn(name: "run") { _, boot in safe(boot.run ?? "—") },
        ]
        return before + [measured].compactMap(\.self) + behind
    }

    static let revision = "revision"
    static let verdict = "verdict"
}
