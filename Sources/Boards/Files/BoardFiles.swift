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

    /// Does several things one after the other, in as few round trips as the board's end allows.
    ///
    /// One that fails does not keep the others from being done.
    /// - Throws: where the board cannot be asked at all; what it refuses is in the reports.
    func carryOut(_ errands: [FileErrand]) async throws -> [FileReport]

    /// Does the links of a chain, each only if the one before it succeeded, and then several other
    /// things, all in as few round trips as the board's end allows.
    ///
    /// A directory that is there already breaks a chain: make directories before it.
    /// - Returns: what came of the other things.
    /// - Throws: `BoardFileError` of the link that broke; what is behind it in the chain was not
    ///   done.
    func carryOut(chain: [FileErrand], then others: [FileErrand]) async throws -> [FileReport]

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
