// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage

/// The two key pairs of this user's virtual boards: the board's own, and the controller's.
struct BoardKeys {
    let host: EdwardsKeyPair
    let client: EdwardsKeyPair

    /// Reads the keys; nothing when they were not made yet.
    init?(in cache: BoardCache) {
        guard let host = Self.read(cache.hostKey), let client = Self.read(cache.clientSeed()),
            FileManager.default.isReadableFile(atPath: cache.clientKey.string)
        else { return nil }
        (self.host, self.client) = (host, client)
    }

    /// Makes the keys and keeps them where only their owner can read them.
    init(madeIn cache: BoardCache) throws {
        (host, client) = (EdwardsKeyPair(), EdwardsKeyPair())
        try cache.write(host.seed, to: cache.hostKey, permissions: 0o600)
        try cache.write(
            client.openSSHFile(comment: "doorbell").utf8.map(\.self), to: cache.clientKey,
            permissions: 0o600)
        try cache.write(client.seed, to: cache.clientSeed(), permissions: 0o600)
    }

    private static func read(_ path: FilePath) -> EdwardsKeyPair? {
        FileManager.default.contents(atPath: path.string).flatMap {
            EdwardsKeyPair(seed: Array($0))
        }
    }
}
