// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Reads ELF notes as `/sys/kernel/notes` has them (System V gABI, chapter 5, "Note Section").
package enum ELFNotes {
    /// `NT_GNU_BUILD_ID` of `include/uapi/linux/elf.h`'s GNU notes.
    private static let buildIDType: UInt32 = 3

    /// Finds the GNU build ID, in hex; nothing where there is none or the notes are damaged.
    package static func buildID(_ bytes: [UInt8]) -> String? {
        var rest = bytes[...]
        while let nameSize = word(&rest), let size = word(&rest), let type = word(&rest) {
            guard let name = take(nameSize, from: &rest), let value = take(size, from: &rest)
            else { return nil }
            if type == buildIDType, Array(name) == Array("GNU\0".utf8) {
                return value.map { Hexadecimal.digits(UInt64($0), width: 2) }.joined()
            }
        }
        return nil
    }

    /// Notes are in the machine's byte order: arm64 boards run little-endian kernels.
    private static func word(_ rest: inout ArraySlice<UInt8>) -> UInt32? {
        guard rest.count >= 4 else { return nil }
        defer { rest = rest.dropFirst(4) }
        return rest.prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Name and value are padded to four bytes.
    private static func take(
        _ size: UInt32, from rest: inout ArraySlice<UInt8>
    ) -> ArraySlice<UInt8>? {
        let padded = (Int(size) + 3) & ~3
        guard padded <= rest.count else { return nil }
        defer { rest = rest.dropFirst(padded) }
        return rest.prefix(Int(size))
    }
}
