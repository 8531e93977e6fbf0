// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// JSON as every verb prints it: indented, keys sorted, slashes as they are.
enum JSONText {
    static func print(_ value: some Encodable) throws {
        Terminal.standardOutput.say(try text(value))
    }

    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
