// SPDX-License-Identifier: GPL-3.0-or-later

import Synchronization
package import SystemPackage

/// A file that only grows: journals and console logs.
///
/// It may be written to from any thread; pieces are never interleaved.
package final class AppendFile: Sendable {
    package let path: FilePath
    private let descriptor: Mutex<FileDescriptor>

    /// Opens a file to append to, and makes it where it is missing.
    ///
    /// - Throws: `ArchiveError`.
    package init(_ path: FilePath) throws(ArchiveError) {
        self.path = path
        descriptor = Mutex(
            try Disk.on(path, to: "be opened") {
                try FileDescriptor.open(
                    path, .writeOnly, options: [.create, .append, .closeOnExec],
                    permissions: .fileForAll)
            })
    }

    /// Adds bytes at the end.
    ///
    /// - Throws: `ArchiveError`; what was added before stays, and so does what could be added now.
    package func append(_ bytes: some Sequence<UInt8>) throws(ArchiveError) {
        let piece = Array(bytes)
        try Disk.on(path, to: "be appended to") {
            _ = try descriptor.withLock { try $0.writeAll(piece) }
        }
    }

    /// Waits until all that was added lies on the device.
    /// - Throws: `ArchiveError`.
    package func sync() throws(ArchiveError) {
        try Disk.on(path, to: "be flushed") { try descriptor.withLock { try Disk.sync($0) } }
    }

    deinit {
        // Closing loses nothing that was written; nobody is left to tell of a failure.
        try? descriptor.withLock { try $0.close() }
    }
}
