// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling
package import Vocabulary

extension SSHConnection {
    /// Reads a file of the board, and compares its SHA-256 as the board computes it afterwards.
    ///
    /// For files that do not change meanwhile; a file of /proc is read by running `cat`.
    /// - Throws: `SSHError`, with `hashMismatch` when the bytes are others than the board's,
    ///   `tooMuchOutput` when the file is longer than the limit; `CancellationError`.
    package func download(
        _ path: RemotePath, limit: ByteCount = .mebibytes(256), deadline: Deadline,
        onProgress: @Sendable (TransferProgress) -> Void = { _ in }
    ) async throws -> [UInt8] {
        let total = try await size(of: path, deadline)
        let activity = activity("download \(path)", deadline)
        var output = CommandOutput()
        let status = try await perform(
            RemoteCommand("cat", [path.argument]), input: [], activity
        ) { piece in
            guard output.keep(piece, limit: limit) else {
                throw activity.failure(.tooMuchOutput(limit: limit))
            }
            onProgress(
                TransferProgress(done: .bytes(UInt64(output.standardOutput.count)), total: total))
        }
        guard status == .exited(0) else { throw activity.failure(.ended(status), heard: output) }
        try await compare(output.standardOutput, with: path, activity)
        return output.standardOutput
    }

    private func compare(
        _ bytes: [UInt8], with path: RemotePath, _ activity: Activity
    ) async throws {
        let here = ContentHash(of: bytes)
        let there = try await hash(of: path, deadline: activity.deadline)
        guard here == there else {
            throw activity.failure(
                .hashMismatch(here: here.description, there: there.description))
        }
    }

    private func size(of path: RemotePath, _ deadline: Deadline) async throws -> ByteCount {
        let command = RemoteCommand(script: #"wc -c < "$1""#, [path.argument])
        let result = try await run(command, deadline: deadline).succeeded()
        let words = result.text.split(whereSeparator: \.isWhitespace)
        guard words.count == 1, let size = UInt64(words[0]) else {
            throw failure(
                "find the size of \(path)", .refused("wc printed '\(result.text.prefix(200))'"))
        }
        return .bytes(size)
    }
}
