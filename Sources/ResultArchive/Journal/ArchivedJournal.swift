// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage
import Vocabulary

/// A journal as it was read back.
package struct ArchivedJournal: Sendable {
    package let entries: [JournalEntry]
    /// What could not be read, each with its line; the last line of a killed run may be cut off.
    package let damage: [DamagedLine]

    /// A line of a journal that is no entry.
    package struct DamagedLine: Sendable, Hashable {
        /// From 1.
        package let number: Int
        package let text: String
        package let cause: String
    }

    /// Reads what can be read.
    ///
    /// - Throws: `ArchiveError` when the file itself cannot be read.
    init(_ path: FilePath) throws(ArchiveError) {
        let newline = UInt8(ascii: "\n")
        let lines = try Disk.contents(of: path).split(
            separator: newline, omittingEmptySubsequences: false)
        var entries: [JournalEntry] = []
        var damage: [DamagedLine] = []
        for (index, line) in lines.enumerated() where !line.isEmpty {
            do throws(ArchiveError) {
                entries.append(try JSONForm.value(in: Array(line), of: path))
            } catch {
                let text = String(decoding: line, as: UTF8.self)
                let cause = index == lines.count - 1 ? "cut off" : error.account.cause
                damage.append(DamagedLine(number: index + 1, text: text, cause: cause))
            }
        }
        self.entries = entries
        self.damage = damage
    }
}
