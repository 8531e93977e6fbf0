// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
package import Scheduling
package import SystemPackage
import Vocabulary

extension SSHConnection {
    /// Writes a file on the board, under its name only when all of it has arrived.
    ///
    /// The board needs `cat`, `chmod`, `sha256sum` and `mv`, no sftp. The content is written under
    /// a temporary name in the same folder, its SHA-256 is computed by the board and compared, and
    /// then it is renamed. After any failure the temporary file is removed.
    /// - Throws: `SSHError`, with `hashMismatch` when the board has other bytes than we;
    ///   `CancellationError`.
    @discardableResult
    package func upload(
        _ bytes: [UInt8], to path: RemotePath, mode: UInt32 = 0o644, deadline: Deadline,
        onProgress: @Sendable (TransferProgress) -> Void = { _ in }
    ) async throws -> ContentHash {
        let part = RemotePath("\(path.argument).part-\(UUID().uuidString.prefix(8))")
        let here = ContentHash(of: bytes)
        do {
            try await send(bytes, to: part, mode, deadline, onProgress)
            let there = try await hash(of: part, deadline: deadline)
            guard here == there else {
                throw failure(
                    "upload \(path)",
                    .hashMismatch(here: here.description, there: there.description))
            }
            let move = RemoteCommand("mv", ["-f", part.argument, path.argument])
            try await run(move, deadline: deadline).succeeded()
            return here
        } catch {
            await discard(part)
            throw error
        }
    }

    /// Reads a file of this machine and writes it on the board.
    @discardableResult
    package func upload(
        file: FilePath, to path: RemotePath, mode: UInt32 = 0o644, deadline: Deadline,
        onProgress: @Sendable (TransferProgress) -> Void = { _ in }
    ) async throws -> ContentHash {
        let bytes: [UInt8]
        do {
            bytes = try LocalFile.read(file)
        } catch let code as Errno {
            throw failure("upload \(path)", .localFile(file, code))
        }
        return try await upload(
            bytes, to: path, mode: mode, deadline: deadline, onProgress: onProgress)
    }

    /// Computes a file's SHA-256 on the board.
    package func hash(of path: RemotePath, deadline: Deadline) async throws -> ContentHash {
        let command = RemoteCommand("sha256sum", [path.argument])
        let result = try await run(command, deadline: deadline).succeeded()
        guard let hash = ContentHash(sha256sumLine: result.text) else {
            throw failure(
                "hash \(path)", .refused("sha256sum printed '\(result.text.prefix(200))'"))
        }
        return hash
    }

    private func send(
        _ bytes: [UInt8], to part: RemotePath, _ mode: UInt32, _ deadline: Deadline,
        _ onProgress: @Sendable (TransferProgress) -> Void
    ) async throws {
        let script = #"umask 077 && cat > "$1" && chmod "$2" "$1""#
        let command = RemoteCommand(
            script: script, [part.argument, String(mode & 0o7777, radix: 8)])
        let total = ByteCount(rawValue: UInt64(bytes.count))
        let result = try await run(command, input: bytes, deadline: deadline) { left in
            onProgress(
                TransferProgress(done: .bytes(total.rawValue - UInt64(left)), total: total))
        }
        try result.succeeded()
    }

    /// Removes what a failed upload left, as far as the connection still allows.
    private func discard(_ part: RemotePath) async {
        guard loss == nil, session != nil else { return }
        await withCleanup {
        } cleanup: {
            let remove = RemoteCommand("rm", ["-f", part.argument])
            // The failure that brought us here is what is told.
            _ = try? await self.run(
                remove, deadline: .after(.seconds(5), for: "the removal of \(part)"))
        }
    }
}
