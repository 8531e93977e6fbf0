// SPDX-License-Identifier: GPL-3.0-or-later

import DoorbellCommand
import Foundation
import Testing

/// A host as people write it on the command line.
@Suite struct HostPlaceTests {
    @Test(
        arguments: [
            ("forge", NSUserName(), "forge", 22), ("root@forge", "root", "forge", 22),
            ("me@10.0.0.7:2222", "me", "10.0.0.7", 2222),
            ("root@[fe80::1%eth0]:23", "root", "fe80::1%eth0", 23),
            ("[::1]", NSUserName(), "::1", 22),
        ] as [(String, String, String, UInt16)])
    func isTakenApart(_ words: String, _ user: String, _ host: String, _ port: UInt16) throws {
        let place = try #require(HostPlace(words))
        #expect(place.user == user && place.host == host && place.port == port)
    }

    @Test(
        arguments: [
            "", "@forge", "root@", "a@b@c", "forge:", "forge:0", "forge:65536", "forge:ssh", "::1",
            "[::1", "two words", "[not an address]", "forge:22:22",
        ])
    func orRefused(_ words: String) { #expect(HostPlace(words) == nil) }
}
