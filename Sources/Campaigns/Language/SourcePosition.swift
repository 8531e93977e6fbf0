// SPDX-License-Identifier: GPL-3.0-or-later

/// A place in a file that a person wrote.
package struct SourcePosition: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// From 1.
    package let line: Int
    /// From 1, counted in Unicode scalars as libyaml counts.
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package static let start = SourcePosition(line: 1, column: 1)

    package static func < (left: Self, right: Self) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }

    package var description: String { "\(line):\(column)" }
}
