// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Vocabulary

/// Writes config space as `lspci -xxxx` does: `00: 34 12 …`, sixteen bytes a line.
enum ConfigurationDump {
    static func text(_ bytes: [UInt8]) -> String {
        let width = bytes.count > 0x100 ? 3 : 2
        return stride(from: 0, to: bytes.count, by: 16).map { start in
            let row = bytes[start..<min(start + 16, bytes.count)]
            let words = row.map { Hexadecimal.digits(UInt64($0), width: 2) }
            return Hexadecimal.digits(UInt64(start), width: width) + ": "
                + words.joined(separator: " ") + "\n"
        }.joined()
    }
}

/// Writes an MSI-X table a line for each entry: address low and high, data, control.
enum MSIXTableText {
    static func text(_ table: MSIXTable) -> String {
        table.entries.map { entry in
            let address = entry.message.address.rawValue
            let words = [
                address & 0xffff_ffff, address >> 32, UInt64(entry.message.data),
                UInt64(entry.control),
            ]
            return words.map { Hexadecimal.digits($0, width: 8) }.joined(separator: " ") + "\n"
        }.joined()
    }
}

/// Writes the pending bits of MSI-X a 64-bit word a line, in hex, the first vectors' first.
enum PendingBitsDump {
    static func text(_ table: MSIXTable) -> String {
        stride(from: 0, to: table.pending.count - 7, by: 8).map { start in
            let word = table.pending[start..<start + 8].reversed().reduce(UInt64(0)) {
                $0 << 8 | UInt64($1)
            }
            return Hexadecimal.digits(word, width: 16) + "\n"
        }.joined()
    }
}
