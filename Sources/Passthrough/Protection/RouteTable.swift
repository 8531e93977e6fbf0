// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// The routes of a board, from `/proc/net/route` and `/proc/net/ipv6_route`.
package struct RouteTable: Sendable {
    private struct Route {
        let interface: String
        let destination: [UInt8]
        let prefix: Int
    }

    private let routes: [Route]

    /// Reads both tables; lines of another shape are passed over.
    package init(ipv4: String, ipv6: String) {
        routes =
            ipv4.split(separator: "\n").dropFirst().compactMap(Self.four)
            + ipv6.split(separator: "\n").compactMap(Self.six)
    }

    /// Every interface that has a route, the loopback left out.
    package var interfaces: Set<String> { Set(routes.map(\.interface)) }

    /// Names the interface that packets to an address leave by: the longest prefix that matches.
    package func interface(towards address: String) -> String? {
        guard let target = InternetAddress.bytes(address) else { return nil }
        let matching = routes.filter { route in
            route.destination.count == target.count
                && Self.agree(route.destination, target, bits: route.prefix)
        }
        return matching.max { $0.prefix < $1.prefix }?.interface
    }

    /// `eth0 0002000A 00000000 0001 0 0 0 00FFFFFF …`: numbers in the board's byte order.
    private static func four(_ line: Substring) -> Route? {
        let fields = line.split(whereSeparator: { $0 == "\t" || $0 == " " })
        guard fields.count > 7, fields[0] != "lo", let destination = Hexadecimal.value(fields[1]),
            let mask = Hexadecimal.value(fields[7])
        else { return nil }
        let bytes = (0..<4).map { UInt8(truncatingIfNeeded: destination >> (8 * UInt64($0))) }
        return Route(
            interface: String(fields[0]), destination: bytes, prefix: mask.nonzeroBitCount)
    }

    /// `fe80… 40 0000… 00 0000… 00000100 … eth0`.
    private static func six(_ line: Substring) -> Route? {
        let fields = line.split(separator: " ")
        guard fields.count == 10, fields[9] != "lo", fields[0].utf8.count == 32,
            let prefix = Hexadecimal.value(fields[1]), prefix <= 128
        else { return nil }
        let digits = Array(fields[0])
        let bytes = stride(from: 0, to: 32, by: 2).compactMap { start in
            UInt8(String(digits[start...(start + 1)]), radix: 16)
        }
        guard bytes.count == 16 else { return nil }
        return Route(interface: String(fields[9]), destination: bytes, prefix: Int(prefix))
    }

    private static func agree(_ left: [UInt8], _ right: [UInt8], bits: Int) -> Bool {
        let whole = bits / 8
        guard whole <= left.count, left.prefix(whole) == right.prefix(whole) else { return false }
        guard bits % 8 != 0 else { return true }
        let mask = UInt8(truncatingIfNeeded: 0xff00 >> (bits % 8))
        return left[whole] & mask == right[whole] & mask
    }
}
