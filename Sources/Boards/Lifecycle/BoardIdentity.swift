// SPDX-License-Identifier: GPL-3.0-or-later

import Scheduling
import SecureShell
import Vocabulary

/// What a running board says of itself: which kernel, and which boot of it.
package struct BoardIdentity: Sendable, Hashable, Codable {
    /// `/proc/sys/kernel/random/boot_id`: another one after each boot.
    package let bootID: String
    /// `uname -r`.
    package let release: String
    /// `/proc/version`, one line.
    package let banner: String
    /// The GNU build ID in `/sys/kernel/notes`, in hex; nothing where the kernel has none.
    package let buildID: String?

    package init(bootID: String, release: String, banner: String, buildID: String?) {
        self.bootID = bootID
        self.release = release
        self.banner = banner
        self.buildID = buildID
    }

    /// Asks the board through its files.
    static func read(from files: any BoardFiles, release: String) async throws -> BoardIdentity {
        let reports = try await files.carryOut([
            .read("/proc/sys/kernel/random/boot_id"), .read("/proc/version"),
            .read("/sys/kernel/notes"),
        ])
        let bytes = try? reports[2].bytes()
        return BoardIdentity(
            bootID: try reports[0].text().firstLine, release: release,
            banner: try reports[1].text().firstLine,
            buildID: bytes.flatMap(ELFNotes.buildID))
    }
}

extension String {
    /// Without the line end, and without lines that should not be there.
    fileprivate var firstLine: String { String(prefix { !$0.isNewline }) }
}
