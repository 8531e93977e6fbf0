// SPDX-License-Identifier: GPL-3.0-or-later

import Crypto
import Scheduling
import SystemPackage

/// The hash of a file that may be larger than memory.
enum FileHash {
    /// Reads a file piece by piece, on a thread of its own.
    /// - Returns: the SHA-256, in hexadecimal.
    /// - Throws: `Errno`.
    static func sha256(of path: FilePath) async throws -> String {
        try await ThreadExecutor.withThread(named: "hash") { thread in
            try await thread.run { try read(path) }
        }
    }

    private static func read(_ path: FilePath) throws -> String {
        let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
        return try file.closeAfter {
            var hash = SHA256()
            var buffer = [UInt8](repeating: 0, count: 1 << 20)
            while true {
                let count = try buffer.withUnsafeMutableBytes { try file.read(into: $0) }
                guard count > 0 else { return hash.finalize().hexadecimal }
                buffer.withUnsafeBytes {
                    hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count]))
                }
            }
        }
    }
}

extension Sequence<UInt8> {
    /// Two digits for each byte.
    var hexadecimal: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
