// SPDX-License-Identifier: GPL-3.0-or-later

import Yams

/// Which of the languages a file is written in.
package enum DocumentKind: Sendable, Hashable {
    case lab, suite, kernel, facts

    /// Tells by the key that only one of them has.
    /// - Throws: `LanguageError` for a file that is no YAML, or has none of these keys.
    package init(_ source: SourceText) throws(LanguageError) {
        self = try Document(source).understood { value in
            let keys = value.entries()?.compactMap(\.key.node.scalar?.string) ?? []
            if keys.contains("boards") { return .lab }
            if keys.contains("cases") { return .suite }
            // Descriptions of boards have a source too.
            if keys.contains("controllers") { return .facts }
            if keys.contains("source") { return .kernel }
            return value.complain(
                "a lab has `boards:`, a suite `cases:`, a board's facts `controllers:`, a "
                    + "kernel recipe `source:`; this file has none of them", as: DocumentKind.self)
        }
    }
}
