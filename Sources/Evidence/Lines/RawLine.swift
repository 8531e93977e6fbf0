// SPDX-License-Identifier: GPL-3.0-or-later

/// One line of evidence, and where it stands.
///
/// Every parsed value keeps the line it came from: a finding shows it, so that a reader can check.
package struct RawLine: Sendable, Hashable, Codable {
    /// The file's name in the folder of its case or board.
    package let file: String
    /// From 1.
    package let number: Int
    /// The line as it was, without its newline.
    package let text: String

    package init(file: String, number: Int, text: String) {
        self.file = file
        self.number = number
        self.text = text
    }
}

extension RawLine: CustomStringConvertible {
    package var description: String { "\(file):\(number): \(text)" }
}
