// SPDX-License-Identifier: GPL-3.0-or-later

import Crypto

/// The hash of everything that a kernel is made from: equal inputs have the same one.
package struct Fingerprint: Hashable, Sendable, Codable, CustomStringConvertible {
    /// 32 hexadecimal digits: the first half of a SHA-256.
    package let description: String

    /// Hashes inputs with their lengths, so that no two lists of inputs look alike when joined.
    package init(of inputs: [[UInt8]]) {
        var hash = SHA256()
        for input in inputs {
            hash.update(data: Array("\(input.count) ".utf8))
            hash.update(data: input)
        }
        description = Self.digits(hash.finalize().prefix(16))
    }

    /// Hashes texts.
    package init(of inputs: [String]) { self.init(of: inputs.map { Array($0.utf8) }) }

    /// The first digits: what a kernel's release carries.
    package var short: String { String(description.prefix(10)) }

    static func digits(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
