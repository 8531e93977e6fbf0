// SPDX-License-Identifier: GPL-3.0-or-later

package import SecureShell
package import Vocabulary

/// Reads and writes single files of a board: sysfs, procfs, tracefs.
///
/// The agent answers these in one round trip each, where a command over SSH costs a process.
package protocol BoardFiles: Sendable {
    /// Reads a file to its end.
    /// - Throws: `BoardFileError`; a file longer than the limit is one.
    func contents(of path: RemotePath, limit: ByteCount) async throws -> [UInt8]

    /// Reads several files to their ends, in as few round trips as the board's end allows.
    /// - Throws: `BoardFileError` of the first file that cannot be read.
    func contents(ofAll paths: [RemotePath], limit: ByteCount) async throws -> [[UInt8]]

    /// Writes a text in one `write` call, as sysfs wants it, without creating the file.
    func write(_ text: String, to path: RemotePath) async throws

    /// Creates a file, or replaces its contents.
    func create(_ path: RemotePath, holding text: String) async throws

    /// Removes a file or an empty directory.
    func remove(_ path: RemotePath) async throws

    /// Makes a directory, and those above it that are missing; one that exists is no error.
    func makeDirectory(_ path: RemotePath) async throws

    /// Lists the names in a directory, sorted, without `.` and `..`.
    func entries(of path: RemotePath) async throws -> [String]

    /// Reads where a symbolic link points.
    func target(ofLink path: RemotePath) async throws -> String
}

extension BoardFiles {
    package func contents(ofAll paths: [RemotePath], limit: ByteCount) async throws -> [[UInt8]] {
        var all: [[UInt8]] = []
        for path in paths { all.append(try await contents(of: path, limit: limit)) }
        return all
    }

    /// Reads a file as text; bytes that are no UTF-8 become replacement characters.
    package func text(
        of path: RemotePath, limit: ByteCount = .mebibytes(1)
    ) async throws -> String {
        String(decoding: try await contents(of: path, limit: limit), as: UTF8.self)
    }

    /// Reads a file as text, or nothing where it does not exist.
    package func textIfPresent(
        of path: RemotePath, limit: ByteCount = .mebibytes(1)
    ) async throws -> String? {
        do {
            return try await text(of: path, limit: limit)
        } catch let error as BoardFileError where error.isAbsence {
            return nil
        }
    }

    /// Reads where a link points, or nothing where it does not exist.
    package func targetIfPresent(ofLink path: RemotePath) async throws -> String? {
        do {
            return try await target(ofLink: path)
        } catch let error as BoardFileError where error.isAbsence {
            return nil
        }
    }

    /// Lists a directory, or nothing where it does not exist.
    package func entriesIfPresent(of path: RemotePath) async throws -> [String]? {
        do {
            return try await entries(of: path)
        } catch let error as BoardFileError where error.isAbsence {
            return nil
        }
    }
}

/// A file of a board that could not be read or written.
package struct BoardFileError: Blame, Hashable {
    package let path: RemotePath
    /// The end of "could not …": "read", "write 'vfio-pci' to".
    package let action: String
    package let errno: KernelErrno

    package init(path: RemotePath, action: String, errno: KernelErrno) {
        self.path = path
        self.action = action
        self.errno = errno
    }

    /// Whether the file is simply not there.
    package var isAbsence: Bool {
        errno == .noEntry || errno == .noDevice || errno.rawValue == 6 || errno.rawValue == 20
    }

    package var kind: FaultKind { .bench }

    package var account: Account {
        Account(subject: "the board", action: "\(action) \(path)", cause: "\(errno)")
    }
}
