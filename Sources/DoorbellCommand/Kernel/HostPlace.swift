// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// A host as people write it: `forge`, `root@forge:2222`, `root@[fe80::1]:22`.
package struct HostPlace: Hashable {
    /// Who we are there.
    package let user: String
    /// Its name, or its address without brackets.
    package let host: String
    /// The port of its SSH server.
    package let port: UInt16

    /// Takes the words apart; who we are here is who we are there where nothing is said.
    package init?(_ words: String) {
        let pieces = words.split(separator: "@", omittingEmptySubsequences: false)
        guard pieces.count <= 2, let place = pieces.last else { return nil }
        user = pieces.count == 2 ? String(pieces[0]) : NSUserName()
        // An address of IPv6 has colons of its own, and stands in brackets.
        let brackets = place.wholeMatch(of: #/\[([0-9A-Fa-f:.%\w]+)\](?::(\d+))?/#)
        let plain = place.wholeMatch(of: #/([^:\[\]\s]+)(?::(\d+))?/#)
        guard let (_, name, digits) = brackets?.output ?? plain?.output else { return nil }
        guard let port = digits.map({ UInt16($0) }) ?? 22, port > 0, !user.isEmpty else {
            return nil
        }
        (host, self.port) = (String(name), port)
    }
}
