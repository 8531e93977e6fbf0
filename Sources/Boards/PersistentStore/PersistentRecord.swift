// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence

/// One file of a board's persistent store: `dmesg-ramoops-0`, `dmesg-efi-1700000000001`.
package struct PersistentRecord: Sendable, Hashable {
    package let file: PersistentFile
    package let bytes: [UInt8]

    package init(file: PersistentFile, bytes: [UInt8]) { (self.file, self.bytes) = (file, bytes) }

    /// Whether the bytes are text, and not compressed or damaged.
    package var isText: Bool { String(validating: bytes, as: UTF8.self) != nil }

    /// As evidence of the board, in a file of its own.
    package var evidence: RawText {
        RawText(
            source: .persistentStore, file: file.evidenceName,
            text: String(decoding: bytes, as: UTF8.self))
    }

    /// What the dead kernel told of trouble in it.
    package var troubles: [KernelTrouble] { TroubleScanner.troubles(inRecord: bytes) }
}
