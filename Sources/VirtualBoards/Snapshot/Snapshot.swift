// SPDX-License-Identifier: GPL-3.0-or-later

package import Foundation
package import SystemPackage

/// A board that has booted, kept in a folder of its own.
package struct Snapshot: Sendable, Hashable {
    let folder: FilePath
    let note: Note

    /// What is known of it besides its memory.
    struct Note: Codable, Hashable {
        let ready: BoardReady
        let date: Date
        /// The SHA-256 of the memory, in hexadecimal.
        let hash: String
    }

    /// The memory and the devices, as QEMU would send them to another host.
    package var memory: FilePath { folder.appending("memory") }
    /// What the board said when it was ready.
    package var ready: BoardReady { note.ready }
    /// When it was kept.
    package var date: Date { note.date }

    /// Removes it; one that cannot be removed is found again, and told of again.
    package func discard() { try? FileManager.default.removeItem(atPath: folder.string) }
}

/// How a virtual board came to its kernel.
package enum MachineStart: Sendable, Hashable {
    /// It was switched on; with the reason where it was to go on from a snapshot, or to be kept as
    /// one, and was not.
    case boot(SnapshotLoss?)
    /// It goes on where it was kept once, and has not booted.
    case snapshot(Snapshot)
}
