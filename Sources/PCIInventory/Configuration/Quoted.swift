// SPDX-License-Identifier: GPL-3.0-or-later

private import Vocabulary

/// Text from outside as it may stand in an error: it must not speak to the reader's terminal.
enum Quoted {
    /// Keeps printable ASCII, writes any other byte as `\x1b`, and cuts after 120 bytes.
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        bytes.prefix(120).map { byte in
            0x20...0x7e ~= byte
                ? String(UnicodeScalar(byte)) : "\\x" + Hexadecimal.digits(UInt64(byte), width: 2)
        }.joined()
    }
}
