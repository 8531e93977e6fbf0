// SPDX-License-Identifier: GPL-3.0-or-later

import Crypto
import Foundation

/// The SHA-256 of a host's public key as OpenSSH prints it: `SHA256:` and 43 Base64 characters.
package struct HostKeyFingerprint: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// Reads what `ssh-keygen -l` prints; anything else is nothing.
    package init?(_ text: String) {
        let prefix = "SHA256:"
        guard text.hasPrefix(prefix), text.utf8.count == prefix.utf8.count + 43,
            Data(base64Encoded: text.dropFirst(prefix.count) + "=")?.count == 32
        else { return nil }
        description = text
    }

    /// Computes the fingerprint of a public key blob (RFC 4253, section 6.6).
    init(ofBlob blob: Data) {
        let digest = Data(SHA256.hash(data: blob)).base64EncodedString()
        description = "SHA256:" + digest.prefix { $0 != "=" }
    }
}
