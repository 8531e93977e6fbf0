// SPDX-License-Identifier: GPL-3.0-or-later

import Crypto
import Foundation
package import Vocabulary

/// How far a transfer has come.
package struct TransferProgress: Sendable, Hashable {
    package let done: ByteCount
    package let total: ByteCount
}

/// The SHA-256 of a file's content, 64 lower-case digits.
package struct ContentHash: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(of bytes: [UInt8]) {
        description = SHA256.hash(data: bytes).map { Hexadecimal.digits(UInt64($0), width: 2) }
            .joined()
    }

    /// Reads the first word of what `sha256sum` prints; anything else is nothing.
    init?(sha256sumLine line: String) {
        // A backslash in front tells that the name after it is escaped (GNU coreutils).
        let word = line.drop { $0 == "\\" }.prefix { $0 != " " }
        guard word.utf8.count == 64, word.utf8.allSatisfy({ "0123456789abcdef".utf8.contains($0) })
        else { return nil }
        description = String(word)
    }
}
