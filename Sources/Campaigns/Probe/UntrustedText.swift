// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Puts words that a board or a command line chose into YAML, where they can be nothing else.
enum UntrustedText {
    /// For a comment: printable ASCII on one line, cut where it is long.
    ///
    /// YAML ends a line at U+0085, U+2028 and U+2029 too (YAML 1.1, 5.4).
    static func remark(_ text: String) -> String {
        let plain = text.unicodeScalars.prefix(200).map { scalar in
            (0x20...0x7e).contains(scalar.value) ? Character(scalar) : "?"
        }
        return String(plain)
    }

    /// For a value: in double quotes, all but printable ASCII escaped (YAML 1.1, 5.6).
    static func value(_ text: String) -> String {
        let words = text.unicodeScalars.map { scalar -> String in
            switch scalar.value {
            case 0x22, 0x5c: return "\\" + String(scalar)
            case 0x20...0x7e: return String(scalar)
            default: return "\\U" + Hexadecimal.digits(UInt64(scalar.value), width: 8)
            }
        }
        return "\"" + words.joined() + "\""
    }
}
