// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import Vocabulary

/// Writes a file that a person named.
enum TextFile {
    /// - Throws: `UnwritableFile`.
    static func write(_ text: String, to path: FilePath) throws(UnwritableFile) {
        do {
            try text.write(toFile: path.string, atomically: true, encoding: .utf8)
        } catch {
            throw UnwritableFile(path: path.string, cause: error.localizedDescription)
        }
    }
}

/// A file that could not be written where a person wants it.
struct UnwritableFile: Blame {
    let path: String
    let cause: String

    var kind: FaultKind { .suite }

    var account: Account {
        Account(
            subject: path, action: "be written", cause: cause,
            remedy: "Name another file, or make its folder.")
    }
}
