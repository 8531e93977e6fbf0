// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence

/// One file of a board's persistent store: `dmesg-ramoops-0`, `console-ramoops-0`.
package struct PersistentRecord: Sendable, Hashable {
    package let name: String
    package let bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) { (self.name, self.bytes) = (name, bytes) }

    /// Whether the bytes are text, and not compressed or damaged.
    package var isText: Bool { String(validating: bytes, as: UTF8.self) != nil }

    /// As evidence of the board, in a file of its own.
    package var evidence: RawText {
        RawText(
            source: .persistentStore, file: "pstore.\(name).txt",
            text: String(decoding: bytes, as: UTF8.self))
    }

    /// What the dead kernel told of trouble in it.
    package var troubles: [KernelTrouble] {
        var scanner = TroubleScanner(isRunning: true)
        return scanner.take(bytes) + scanner.finish()
    }
}
