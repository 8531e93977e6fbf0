// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
package import Scheduling
import Synchronization
package import SystemPackage
import Vocabulary

/// A private folder for the sockets and disks of one running board, gone when the board is.
///
/// A controller that is killed cannot remove its folder; the next one sees that nobody holds its
/// lock, and does.
package final class RunFolder: Sendable {
    package let path: FilePath
    private let lock: Mutex<FileLock?>

    /// The socket on which QEMU calls us.
    package var monitorSocket: FilePath { path.appending("qmp") }
    /// What QEMU writes on standard error.
    package var toolWords: FilePath { path.appending("qemu.log") }
    /// The pipe into which QEMU writes what its trace points say.
    package var tracePipe: FilePath { path.appending("trace") }
    /// The file behind a board's disk.
    package func disk(of device: MachineDevice) -> FilePath { path.appending("\(device.id).img") }

    /// Makes a folder that is ours as long as we live, and removes those that killed runs left.
    /// - Throws: `MachineError.noRunFolder`, or what awaiting the lock throws.
    package static func claim(
        in base: FilePath = RunFolder.standardBase, deadline: Deadline
    ) async throws -> RunFolder {
        try makePrivate(base)
        // Who makes a folder and who removes one exclude each other: between being made and being
        // locked a folder looks abandoned.
        return try await withLock(on: base.appending("lock"), deadline: deadline) {
            sweep(base)
            return try RunFolder(in: base)
        }
    }

    /// Removes the folder and everything in it.
    package func release() {
        try? FileManager.default.removeItem(atPath: path.string)
        lock.withLock { $0 = nil }
    }

    /// Makes the empty files behind the board's disks; they take no space until written to.
    package func makeDisks(for devices: [MachineDevice]) throws {
        for device in devices {
            guard case .nvme(let capacity, _) = device.model else { continue }
            let file = try FileDescriptor.open(
                disk(of: device), .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: [.ownerReadWrite])
            try file.closeAfter { try file.resize(to: Int64(capacity.rawValue)) }
        }
    }

    /// In `/tmp`, because a socket's path may have 107 bytes only; one folder for each user.
    package static var standardBase: FilePath { FilePath("/tmp/doorbell-\(getuid())") }

    private init(in base: FilePath) throws {
        var template = Array(base.appending("run-XXXXXX").string.utf8CString)
        guard mkdtemp(&template) != nil else {
            throw MachineError.noRunFolder(
                path: base.string, reason: Errno(rawValue: errno).description)
        }
        path = FilePath(
            String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self))
        lock = Mutex(try FileLock(trying: path.appending("owner")))
    }

    private static func makePrivate(_ base: FilePath) throws {
        guard mkdir(base.string, 0o700) != 0 else { return }
        var status = stat()
        guard errno == EEXIST, lstat(base.string, &status) == 0 else {
            throw MachineError.noRunFolder(
                path: base.string, reason: Errno(rawValue: errno).description)
        }
        let isOurs = status.st_uid == getuid() && status.st_mode & S_IFMT == S_IFDIR
        guard isOurs, status.st_mode & 0o077 == 0 else {
            throw MachineError.noRunFolder(
                path: base.string, reason: "something there belongs to others or is open to them")
        }
    }

    private static func sweep(_ base: FilePath) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: base.string)) ?? []
        for name in names where name.hasPrefix("run-") {
            let folder = base.appending(name)
            guard let lock = try? FileLock(trying: folder.appending("owner")) else { continue }
            try? FileManager.default.removeItem(atPath: folder.string)
            _ = consume lock
        }
    }
}
