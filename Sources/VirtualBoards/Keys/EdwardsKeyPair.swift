// SPDX-License-Identifier: GPL-3.0-or-later

import Crypto
import Foundation

/// An Ed25519 key pair, written in the formats of those who use it.
package struct EdwardsKeyPair {
    package static let algorithm = "ssh-ed25519"

    /// The 32 secret bytes.
    package let seed: [UInt8]
    package let publicBytes: [UInt8]

    package init() {
        let key = Curve25519.Signing.PrivateKey()
        seed = Array(key.rawRepresentation)
        publicBytes = Array(key.publicKey.rawRepresentation)
    }

    /// Takes 32 bytes for the secret; nothing for another number of them.
    package init?(seed: [UInt8]) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
            return nil
        }
        self.seed = seed
        publicBytes = Array(key.publicKey.rawRepresentation)
    }

    /// As in `known_hosts` and `authorized_keys` (RFC 8709, section 4).
    package var publicKey: PublicKeyLine {
        PublicKeyLine(
            algorithm: Self.algorithm, base64: Data(publicBlob).base64EncodedString())
    }

    /// As dropbear 2022.83 keeps its host key (its file signkey.c, ed25519.c).
    package var dropbearFile: [UInt8] {
        var writer = WireWriter()
        writer.string(Self.algorithm)
        writer.string(seed + publicBytes)
        return writer.bytes
    }

    /// As OpenSSH keeps a private key without a passphrase (its file PROTOCOL.key).
    package func openSSHFile(comment: String) -> String {
        var writer = WireWriter()
        writer.raw(Array("openssh-key-v1".utf8) + [0])
        writer.string("none")
        writer.string("none")
        writer.string("")
        writer.integer(1)
        writer.string(publicBlob)
        writer.string(secretPart(comment: comment))
        let text = Data(writer.bytes).base64EncodedString(
            options: [.lineLength64Characters, .endLineWithLineFeed])
        return """
            -----BEGIN OPENSSH PRIVATE KEY-----
            \(text)
            -----END OPENSSH PRIVATE KEY-----

            """
    }

    private var publicBlob: [UInt8] {
        var writer = WireWriter()
        writer.string(Self.algorithm)
        writer.string(publicBytes)
        return writer.bytes
    }

    private func secretPart(comment: String) -> [UInt8] {
        var writer = WireWriter()
        // Twice the same number tells a reader that decryption worked; nothing is encrypted here.
        let check = UInt32.random(in: .min ... .max)
        writer.integer(check)
        writer.integer(check)
        writer.string(Self.algorithm)
        writer.string(publicBytes)
        writer.string(seed + publicBytes)
        writer.string(comment)
        writer.raw((0..<(-writer.bytes.count & 7)).map { UInt8($0 + 1) })
        return writer.bytes
    }
}

/// A public key as one line of text: `ssh-ed25519 AAAA…`.
package struct PublicKeyLine: Sendable, Hashable, CustomStringConvertible {
    package let algorithm: String
    package let base64: String

    package var description: String { "\(algorithm) \(base64)" }
}
