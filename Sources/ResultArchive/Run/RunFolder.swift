// SPDX-License-Identifier: GPL-3.0-or-later

package import SystemPackage

/// The folder of one run below `Results/Runs`.
package struct RunFolder: Hashable, Sendable, CustomStringConvertible {
    package let path: FilePath

    package init(_ path: FilePath) { self.path = path }

    /// What became of a run.
    package enum State: String, Sendable, Codable, CaseIterable {
        /// The manifest is there: everything was written.
        case complete
        /// A process still writes to it.
        case running
        /// The process ended before it wrote the manifest; what it had observed is there.
        case interrupted
    }

    /// `2026-11-22T16-31-06Z-3f9a1c`.
    package var name: String { path.lastComponent?.string ?? path.string }

    /// Looks what became of the run.
    ///
    /// - Throws: `ArchiveError` when there is no such folder, or it may not be read.
    package var state: State {
        get throws(ArchiveError) {
            if Disk.exists(manifest) { return .complete }
            let isFree = try Disk.on(lock, to: "be looked at") {
                let descriptor = try FileDescriptor.open(lock, .readOnly, options: .closeOnExec)
                return try descriptor.closeAfter {
                    try Disk.lock(descriptor, exclusively: false)
                }
            }
            // The manifest may have come between the two looks.
            if Disk.exists(manifest) { return .complete }
            return isFree ? .interrupted : .running
        }
    }

    /// Finds every run below a folder, the oldest first; a missing folder has none.
    ///
    /// - Throws: `ArchiveError` when the folder may not be read.
    package static func all(in folder: FilePath) throws(ArchiveError) -> [RunFolder] {
        guard Disk.exists(folder) else { return [] }
        return try Disk.names(in: folder).filter { !$0.hasPrefix(".") }
            .map { RunFolder(folder.appending($0)) }.filter { Disk.exists($0.lock) }
    }

    /// The path, for people.
    package var description: String { path.string }

    var lock: FilePath { path.appending("lock") }
    package var manifest: FilePath { path.appending("manifest.json") }
    package var journal: FilePath { path.appending("journal.jsonl") }
    package var boards: FilePath { path.appending("boards") }
}
