// SPDX-License-Identifier: GPL-3.0-or-later

/// Makes text from a board harmless: what a terminal might obey is shown as its number.
///
/// Line ends become `\u{a}` too: a quoted line stays one line.
func safe(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar.properties.generalCategory {
        case .control where scalar == "\t": result += "    "
        case .control, .format, .privateUse, .surrogate, .unassigned, .lineSeparator,
            .paragraphSeparator:
            result += "\\u{\(String(scalar.value, radix: 16))}"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}

/// Text of a board's console on its way to somebody's terminal.
package enum SafeText {
    /// Keeps line ends and drops carriage returns; what else a terminal might obey is a number.
    package static func console(_ bytes: [UInt8]) -> String {
        // Cut as bytes: a carriage return and a line feed are one character of a text.
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { line in
                safe(String(decoding: line.filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self))
            }
            .joined(separator: "\n")
    }
}
