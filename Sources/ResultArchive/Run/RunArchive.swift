// SPDX-License-Identifier: GPL-3.0-or-later

package import SystemPackage
package import Vocabulary

/// A run that is being written.
///
/// Everything is written when a function returns, so that the death of this process loses nothing;
/// with the end of each case all of it is on the device too, so that a power cut loses at most a
/// case. As long as this object lives, the run counts as running.
package final class RunArchive: Sendable {
    package let folder: RunFolder
    private let journal: AppendFile
    /// Held open for the lock on it, which the kernel drops when the process dies.
    private let lock: FileDescriptor

    private init(folder: RunFolder, lock: FileDescriptor) throws(ArchiveError) {
        self.folder = folder
        self.lock = lock
        journal = try AppendFile(folder.journal)
    }

    deinit {
        // Closing a file that was only locked loses nothing.
        try? lock.close()
    }

    /// Makes the folder of a new run, which no other run has or will have.
    ///
    /// It is made under a hidden name and shown when it is locked, so that nobody ever sees a run
    /// that looks interrupted before it began.
    ///
    /// - Throws: `ArchiveError`.
    package static func create(
        in runs: FilePath, at start: UTCInstant = .now()
    ) throws(ArchiveError) -> RunArchive {
        try Disk.makeFolders(runs)
        let name = "\(start.fileName)-\(shortID())"
        let (hidden, shown) = (runs.appending(".\(name)"), RunFolder(runs.appending(name)))
        try Disk.makeFolder(hidden)
        let lock = try locked(hidden.appending("lock"))
        try Disk.makeFolder(hidden.appending("boards"))
        // Renaming onto a folder that is not empty is refused, so no run can take another's place.
        try Disk.rename(hidden, to: shown.path)
        try Disk.syncFolder(runs)
        return try RunArchive(folder: shown, lock: lock)
    }

    /// Adds a line to the journal; `flush` must follow a milestone, such as the end of a case.
    ///
    /// - Throws: `ArchiveError`; the lines before stay.
    package func record(_ event: JournalEvent, at time: UTCInstant = .now()) throws(ArchiveError) {
        let entry = JournalEntry(at: time, event: event)
        try journal.append(JSONForm.line(entry, for: folder.journal))
    }

    /// Waits until all of the run is on the device; blocks as long as the device is busy.
    ///
    /// - Throws: `ArchiveError`.
    package func flush() throws(ArchiveError) { try Disk.syncFileSystem(of: folder.path) }

    /// Makes the folder of a board.
    ///
    /// - Throws: `ArchiveError`, also when the run has that board already.
    package func board(_ name: BoardName) throws(ArchiveError) -> BoardArchive {
        try BoardArchive(creating: folder.boards.appending(name.text))
    }

    /// Writes a report or another file of the whole run.
    ///
    /// - Throws: `ArchiveError`, also when there is such a file already.
    package func write(_ text: String, to file: String) throws(ArchiveError) {
        try DurableFile.create(EvidenceFile.path(file, in: folder.path), with: Array(text.utf8))
    }

    /// Writes the manifest, which makes the run complete.
    ///
    /// - Throws: `ArchiveError`; the run then stays incomplete.
    package func seal(_ manifest: RunManifest) throws(ArchiveError) {
        let bytes = try JSONForm.file(manifest, for: folder.manifest)
        try Disk.syncFileSystem(of: folder.path)
        try DurableFile.replace(folder.manifest, with: bytes)
        try Disk.syncFileSystem(of: folder.path)
    }

    private static func locked(_ path: FilePath) throws(ArchiveError) -> FileDescriptor {
        try Disk.on(path, to: "be locked") {
            let descriptor = try FileDescriptor.open(
                path, .readWrite, options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: .fileForAll)
            _ = try Disk.lock(descriptor, exclusively: true)
            return descriptor
        }
    }

    /// Six hexadecimal digits, so that two runs that begin in one second have two folders.
    private static func shortID() -> String {
        Hexadecimal.digits(UInt64.random(in: 0..<1 << 24), width: 6)
    }
}
