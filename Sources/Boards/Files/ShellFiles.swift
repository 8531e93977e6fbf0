// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling
package import SecureShell
package import Vocabulary

/// The files of a board that has no agent of ours, read by its own `cat`, `ls` and `readlink`.
///
/// Nothing is ever written: a board that is only looked at stays as it is.
package struct ShellFiles: BoardFiles {
    private static let readOnly = KernelErrno(rawValue: 30)

    private let connection: SSHConnection
    private let deadline: Deadline

    package init(over connection: SSHConnection, deadline: Deadline) {
        (self.connection, self.deadline) = (connection, deadline)
    }

    package func contents(of path: RemotePath, limit: ByteCount) async throws -> [UInt8] {
        try await ask("cat", path, "read", limit: limit)
    }

    package func entries(of path: RemotePath) async throws -> [String] {
        let names = try await ask("ls -A", path, "list", limit: .mebibytes(1))
        return String(decoding: names, as: UTF8.self).split(separator: "\n").map(String.init)
            .sorted()
    }

    package func target(ofLink path: RemotePath) async throws -> String {
        let target = try await ask("readlink", path, "read the link", limit: .mebibytes(1))
        return String(String(decoding: target, as: UTF8.self).prefix { !$0.isNewline })
    }

    /// Tells what is not there, and what may not be read, from other failures.
    private func ask(
        _ words: String, _ path: RemotePath, _ action: String, limit: ByteCount
    ) async throws -> [UInt8] {
        let script = """
            [ -e "$1" ] || [ -L "$1" ] || exit 102
            [ -r "$1" ] || [ -L "$1" ] || exit 113
            exec \(words) "$1"
            """
        let result = try await connection.run(
            RemoteCommand(script: script, [path.text]), outputLimit: limit, deadline: deadline)
        let errno: KernelErrno
        switch result.status {
        case .exited(0): return result.standardOutput
        case .exited(102): errno = .noEntry
        case .exited(113): errno = .accessDenied
        case .exited, .killed: errno = .inputOutput
        }
        throw BoardFileError(path: path, action: action, errno: errno)
    }
}

extension ShellFiles {
    package func write(_ text: String, to path: RemotePath) async throws {
        throw BoardFileError(path: path, action: "write to", errno: Self.readOnly)
    }

    package func create(_ path: RemotePath, holding text: String) async throws {
        throw BoardFileError(path: path, action: "create", errno: Self.readOnly)
    }

    package func remove(_ path: RemotePath) async throws {
        throw BoardFileError(path: path, action: "remove", errno: Self.readOnly)
    }

    package func makeDirectory(_ path: RemotePath) async throws {
        throw BoardFileError(path: path, action: "make the directory", errno: Self.readOnly)
    }
}
