// SPDX-License-Identifier: GPL-3.0-or-later

package import SecureShell
package import Vocabulary

/// Something to be done with one file of a board, alone or together with others.
package enum FileErrand: Sendable, Hashable {
    /// Reads a file to its end; one that is longer than the limit is an error.
    case read(RemotePath, limit: ByteCount = .mebibytes(1))
    /// Reads the first bytes of a file, or all of it where it has no more.
    case readStart(RemotePath, count: UInt32)
    /// Writes a text in one `write` call, as sysfs wants it, without creating the file.
    case write(String, to: RemotePath)
    /// Creates a file, or replaces its contents.
    case create(RemotePath, holding: String)
    /// Removes a file or an empty directory.
    case remove(RemotePath)
    /// Makes a directory, and those above it that are missing; one that exists is no error.
    case makeDirectory(RemotePath)
    /// Lists the names in a directory, sorted, without `.` and `..`.
    case list(RemotePath)
    /// Reads where a symbolic link points.
    case readLink(RemotePath)

    package var path: RemotePath {
        switch self {
        case .read(let path, _), .readStart(let path, _), .write(_, let path), .create(let path, _),
            .remove(let path),
            .makeDirectory(let path), .list(let path), .readLink(let path):
            path
        }
    }

    /// The end of "could not …", before the path.
    var action: String {
        switch self {
        case .read, .readStart: "read"
        case .write(let text, _): "write '\(text)' to"
        case .create: "create"
        case .remove: "remove"
        case .makeDirectory: "make the directory"
        case .list: "list"
        case .readLink: "read the link"
        }
    }
}

/// What came of an errand.
package struct FileReport: Sendable, Hashable {
    /// What a file told.
    package enum Outcome: Sendable, Hashable {
        case bytes([UInt8])
        /// The names in a directory, the one that a link holds, or none where nothing was asked.
        case names([String])
    }

    package let result: Result<Outcome, BoardFileError>

    package init(_ result: Result<Outcome, BoardFileError>) { self.result = result }

    /// Sees to it that it was done.
    /// - Throws: `BoardFileError`.
    package func succeeded() throws(BoardFileError) { _ = try result.get() }

    /// The content of a file.
    /// - Throws: `BoardFileError`.
    package func bytes() throws(BoardFileError) -> [UInt8] {
        guard case .bytes(let bytes) = try result.get() else { return [] }
        return bytes
    }

    /// The content of a file as text; bytes that are no UTF-8 become replacement characters.
    /// - Throws: `BoardFileError`.
    package func text() throws(BoardFileError) -> String {
        String(decoding: try bytes(), as: UTF8.self)
    }

    /// The names in a directory.
    /// - Throws: `BoardFileError`.
    package func names() throws(BoardFileError) -> [String] {
        guard case .names(let names) = try result.get() else { return [] }
        return names
    }

    /// Where a link points.
    /// - Throws: `BoardFileError`.
    package func target() throws(BoardFileError) -> String { try names().first ?? "" }

    /// The report, or nothing where the file is simply not there.
    package var ifPresent: FileReport? {
        guard case .failure(let error) = result, error.isAbsence else { return self }
        return nil
    }
}
