// SPDX-License-Identifier: GPL-3.0-or-later

package import SystemPackage
import Vocabulary

/// A run that is read back; it may be complete or not.
package struct ArchivedRun: Sendable {
    package let folder: RunFolder
    package let state: RunFolder.State
    /// There when the run is complete.
    package let manifest: RunManifest?

    /// Opens the folder of a run.
    ///
    /// - Throws: `ArchiveError` when it is no run, or its manifest is damaged or of a newer form.
    package init(_ path: FilePath) throws(ArchiveError) {
        folder = RunFolder(path)
        guard Disk.exists(folder.lock) else {
            throw .damaged(path: path.string, cause: "this is not the folder of a run")
        }
        state = try folder.state
        manifest = state == .complete ? try Self.manifest(folder.manifest) : nil
    }

    /// Reads the journal.
    ///
    /// - Throws: `ArchiveError` when there is none; damaged lines are not an error.
    package func journal() throws(ArchiveError) -> ArchivedJournal {
        try ArchivedJournal(folder.journal)
    }

    /// Finds the boards of the run, sorted by name.
    ///
    /// - Throws: `ArchiveError` when the folder may not be read.
    package func boards() throws(ArchiveError) -> [ArchivedBoard] {
        try Disk.names(in: folder.boards).compactMap { name in
            BoardName(name).map { ArchivedBoard(name: $0, folder: folder.boards.appending(name)) }
        }
    }

    private static func manifest(_ path: FilePath) throws(ArchiveError) -> RunManifest {
        let bytes = try Disk.contents(of: path)
        let format = try JSONForm.value(Format.self, in: bytes, of: path).format
        guard format <= RunManifest.currentFormat else {
            throw .damaged(
                path: path.string,
                cause: "it has form \(format), and this program knows up to "
                    + "\(RunManifest.currentFormat)")
        }
        return try JSONForm.value(in: bytes, of: path)
    }

    private struct Format: Decodable { let format: Int }
}
