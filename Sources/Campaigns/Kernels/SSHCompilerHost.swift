// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
package import KernelTree
package import Scheduling
package import SecureShell
import Synchronization
package import SystemPackage
import Vocabulary

/// A machine that compiles and is reached over SSH.
package struct SSHCompilerHost: CompilerHost {
    /// What it is called: "root@forge:22".
    package let name: String
    private let connection: SSHConnection

    /// Make's own words, of which a long build has some.
    private static let outputLimit = ByteCount.mebibytes(64)
    /// An image with debugging information, or all modules of a distribution's kernel.
    private static let fileLimit = ByteCount.mebibytes(2048)

    /// Takes a connection, which the caller closes.
    package init(_ connection: SSHConnection) {
        self.connection = connection
        let target = connection.target
        name = "\(target.user)@\(target.host):\(target.port)"
    }

    /// Runs a program there.
    /// - Throws: `SSHError`, `CancellationError`.
    package func run(
        _ words: [String], environment: [String: String], deadline: Deadline,
        listener: @escaping @Sendable ([UInt8]) -> Void
    ) async throws -> HostAnswer {
        let heard = Mutex<[UInt8]>([])
        let command = RemoteCommand(
            words[0], Array(words.dropFirst()), environment: environment)
        let status = try await connection.runStreaming(command, deadline: deadline) { piece in
            listener(piece.bytes)
            heard.withLock { bytes in
                bytes += piece.bytes
                // Why a build failed stands at its end.
                let surplus = bytes.count - Int(clamping: Self.outputLimit.rawValue)
                if surplus > 0 { bytes.removeFirst(surplus) }
            }
        }
        let text = heard.withLock { String(decoding: $0, as: UTF8.self) }
        return HostAnswer(succeeded: status == .exited(0), text: text)
    }

    /// Writes a file of this machine there; it is compared by its hash.
    /// - Throws: `SSHError`, `CancellationError`.
    package func send(_ file: FilePath, to path: String, deadline: Deadline) async throws {
        try await connection.upload(file: file, to: RemotePath(path), deadline: deadline)
    }

    /// Writes a file of that machine here.
    /// - Throws: `SSHError`, the error of a file that cannot be written, `CancellationError`.
    package func fetch(_ path: String, to file: FilePath, deadline: Deadline) async throws {
        let bytes = try await connection.download(
            RemotePath(path), limit: Self.fileLimit, deadline: deadline)
        try Data(bytes).write(to: URL(filePath: file.string), options: .atomic)
    }
}
