// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
package import SystemPackage

/// An exclusive lock on a file, which the system takes back when its process dies, however it dies.
package struct FileLock: ~Copyable {
    private let descriptor: FileDescriptor

    /// Takes the lock, or gives nothing when another process has it.
    /// - Throws: `Errno` when the file cannot be opened.
    package init?(trying path: FilePath) throws {
        let file = try Self.open(path)
        guard flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            try file.close()
            return nil
        }
        descriptor = file
    }

    deinit { try? descriptor.close() }

    private static func open(_ path: FilePath) throws -> FileDescriptor {
        // Closed on exec: a child that kept it would keep the lock.
        try FileDescriptor.open(
            path, .readWrite, options: [.create, .closeOnExec, .noFollow],
            permissions: [.ownerReadWrite])
    }
}
