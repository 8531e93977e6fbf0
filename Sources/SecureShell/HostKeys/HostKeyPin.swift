// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// A host key that is accepted, written as a fingerprint or as a public key line.
package struct HostKeyPin: Hashable, Sendable {
    package let fingerprint: HostKeyFingerprint
    /// The key's type, `ssh-ed25519`, as far as it is known.
    package let algorithm: String?

    package init(fingerprint: HostKeyFingerprint, algorithm: String? = nil) {
        self.fingerprint = fingerprint
        self.algorithm = algorithm
    }

    /// Reads `SHA256:…` or `ssh-ed25519 AAAA… comment`; anything else is nothing.
    package init?(_ text: String) {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        if words.count == 1, let fingerprint = HostKeyFingerprint(words[0]) {
            self.init(fingerprint: fingerprint)
        } else if words.count >= 2, let blob = Self.blob(words[1], of: words[0]) {
            self.init(fingerprint: HostKeyFingerprint(ofBlob: blob), algorithm: words[0])
        } else {
            return nil
        }
    }

    /// Decodes a key whose blob begins with its own type, as RFC 4253, section 6.6 has it.
    private static func blob(_ base64: String, of algorithm: String) -> Data? {
        let name = Data(algorithm.utf8)
        guard let blob = Data(base64Encoded: base64), blob.count > 4 + name.count,
            blob.prefix(4).reduce(0, { $0 << 8 | Int($1) }) == name.count,
            blob.dropFirst(4).prefix(name.count) == name
        else { return nil }
        return blob
    }
}

extension HostKeyPin: CustomStringConvertible {
    package var description: String {
        algorithm.map { "\(fingerprint) (\($0))" } ?? fingerprint.description
    }
}
