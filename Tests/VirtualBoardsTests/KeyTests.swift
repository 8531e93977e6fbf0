// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing
import VirtualBoards

@Suite("The keys of a virtual board")
struct KeyTests {
    /// The first secret of RFC 8032, section 7.1, and its public key.
    private static let seed: [UInt8] = [
        0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c,
        0xc4, 0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae,
        0x7f, 0x60,
    ]

    @Test("are read by OpenSSH as the same key")
    func openSSH() async throws {
        let pair = EdwardsKeyPair()
        let path = FilePath(
            FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path)
        defer { try? FileManager.default.removeItem(atPath: path.string) }
        let file = try FileDescriptor.open(
            path, .writeOnly, options: [.create], permissions: [.ownerReadWrite])
        try file.closeAfter { _ = try file.writeAll(pair.openSSHFile(comment: "doorbell").utf8) }
        let output = try await Tool.run(
            "ssh-keygen", ["-y", "-f", path.string], deadline: .after(.seconds(120), for: "the key")
        ).succeeded()
        #expect(output.text == "\(pair.publicKey) doorbell\n")
    }

    @Test("are written for dropbear as algorithm, secret and public part")
    func dropbear() throws {
        let pair = try #require(EdwardsKeyPair(seed: Self.seed))
        #expect(pair.publicBytes.prefix(4) == [0xd7, 0x5a, 0x98, 0x01])
        #expect(
            pair.dropbearFile == [0, 0, 0, 11] + Array("ssh-ed25519".utf8) + [0, 0, 0, 64]
                + Self.seed
                + pair.publicBytes)
    }

    @Test("are refused when the secret has another length")
    func length() {
        #expect(EdwardsKeyPair(seed: []) == nil)
        #expect(EdwardsKeyPair(seed: Self.seed + [0]) == nil)
    }
}
