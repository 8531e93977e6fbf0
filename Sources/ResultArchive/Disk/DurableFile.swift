// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage

/// Writes whole files so that after a crash they are there complete or not at all.
enum DurableFile {
    /// Writes beside the file, flushes, and puts the new one in the old one's place.
    ///
    /// - Throws: `ArchiveError`; the file is then as it was before.
    static func replace(_ path: FilePath, with bytes: [UInt8]) throws(ArchiveError) {
        let folder = path.removingLastComponent()
        let name = path.lastComponent?.string ?? ""
        let temporary = folder.appending(".\(name).new")
        try write(bytes, to: temporary, options: [.create, .truncate, .closeOnExec])
        try Disk.rename(temporary, to: path)
        try Disk.syncFolder(folder)
    }

    /// Writes a file that must not be there yet, and flushes it.
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
            try descriptor.closeAfter {
                try descriptor.writeAll(bytes)
                try Disk.sync(descriptor)
            }
        }
    }
}

extension FilePermissions {
    /// Read and write for all, as far as the user's mask lets it be.
    static let fileForAll = FilePermissions(rawValue: 0o666)
}
