// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// JSON as every verb prints it: indented, keys sorted, slashes as they are.
enum JSONText {
    static func print(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        Terminal.standardOutput.say(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}
