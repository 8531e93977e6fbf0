// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage

/// Writes whole files so that after the death of this process they are complete or not there.
///
/// They lie on the device when a case ends, and all of them before the manifest says so: a flush
/// for each of the hundreds of files would take longer than the cases.
enum DurableFile {
    /// Writes beside the file and puts the new one in the old one's place.
    ///
    /// - Throws: `ArchiveError`; the file is then as it was before.
    static func replace(_ path: FilePath, with bytes: [UInt8]) throws(ArchiveError) {
        let folder = path.removingLastComponent()
        let name = path.lastComponent?.string ?? ""
        let temporary = folder.appending(".\(name).new")
        try write(bytes, to: temporary, options: [.create, .truncate, .closeOnExec])
        try Disk.rename(temporary, to: path)
    }

    /// Writes a file that must not be there yet.
    ///
    /// - Throws: `ArchiveError`; what could be written of it stays, for it was observed.
    static func create(_ path: FilePath, with bytes: [UInt8]) throws(ArchiveError) {
        try write(bytes, to: path, options: [.create, .exclusiveCreate, .closeOnExec])
    }

    private static func write(
        _ bytes: [UInt8], to path: FilePath, options: FileDescriptor.OpenOptions
    ) throws(ArchiveError) {
        try Disk.on(path, to: "be written") {
            let descriptor = try FileDescriptor.open(
                path, .writeOnly, options: options, permissions: .fileForAll)
            _ = try descriptor.closeAfter { try descriptor.writeAll(bytes) }
        }
    }
}

extension FilePermissions {
    /// Read and write for all, as far as the user's mask lets it be.
    static let fileForAll = FilePermissions(rawValue: 0o666)
}
