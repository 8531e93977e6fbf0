// SPDX-License-Identifier: GPL-3.0-or-later

/// CRC-32 as Ethernet and zlib have it: polynomial 0xEDB88320 reflected, inverted at both ends.
package enum Checksum {
    /// The remainder of each half byte: small enough to need no set-up.
    private static let halfBytes: [UInt32] = [
        0x0000_0000, 0x1DB7_1064, 0x3B6E_20C8, 0x26D9_30AC,
        0x76DC_4190, 0x6B6B_51F4, 0x4DB2_6158, 0x5005_713C,
        0xEDB8_8320, 0xF00F_9344, 0xD6D6_A3E8, 0xCB61_B38C,
        0x9B64_C2B0, 0x86D3_D2D4, 0xA00A_E278, 0xBDBD_F21C,
    ]

    /// Computes the checksum of some bytes.
    package static func crc32(of bytes: some Sequence<UInt8>) -> UInt32 {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            crc ^= UInt32(byte)
            crc = crc >> 4 ^ halfBytes[Int(crc & 15)]
            crc = crc >> 4 ^ halfBytes[Int(crc & 15)]
        }
        return ~crc
    }
}
