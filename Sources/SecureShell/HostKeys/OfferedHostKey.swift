// SPDX-License-Identifier: GPL-3.0-or-later

/// The host key that a server showed in the key exchange.
package struct OfferedHostKey: Hashable, Sendable {
    package let fingerprint: HostKeyFingerprint
    /// The key's type, `ssh-ed25519`.
    package let algorithm: String
    /// The public key in Base64, as it stands in `known_hosts`.
    package let base64: String

    /// The line by which the key is pinned: `ssh-ed25519 AAAA…`.
    package var publicKeyLine: String { "\(algorithm) \(base64)" }

    /// The pin that accepts this key and no other.
    package var pin: HostKeyPin { HostKeyPin(fingerprint: fingerprint, algorithm: algorithm) }

    /// Refuses a key that is not among the pinned ones.
    func check(against pins: [HostKeyPin]) -> SSHError.Cause? {
        if pins.contains(where: { $0.fingerprint == fingerprint }) { return nil }
        return pins.isEmpty
            ? .unknownHostKey(offered: self) : .changedHostKey(offered: self, pinned: pins)
    }
}
