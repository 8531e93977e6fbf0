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
