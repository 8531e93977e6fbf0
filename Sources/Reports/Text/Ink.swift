// SPDX-License-Identifier: GPL-3.0-or-later

import ResultArchive

/// Colours for a terminal, or none.
package struct Ink: Sendable, Hashable {
    private let isColoured: Bool

    /// For a terminal whose user has not set `NO_COLOR`.
    package static let coloured = Ink(isColoured: true)
    /// For files, pipes, and those who want none.
    package static let plain = Ink(isColoured: false)

    private func sgr(_ code: Int, _ text: String) -> String {
        isColoured ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
    }

    func bold(_ text: String) -> String { sgr(1, text) }
    func dim(_ text: String) -> String { sgr(2, text) }

    func verdict(_ word: CaseOutcome.Word, _ text: String) -> String {
        switch word {
        case .agrees: sgr(32, text)
        case .differs: sgr(31, text)
        case .inconclusive: sgr(33, text)
        }
    }
}
