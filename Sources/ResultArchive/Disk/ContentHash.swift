// SPDX-License-Identifier: GPL-3.0-or-later

import Crypto
package import SystemPackage
import Vocabulary

/// The SHA-256 of a file's bytes: what proves which kernel, agent, suite or lab was used.
package struct ContentHash: Hashable, Sendable, CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    package let hexadecimal: String

    /// Takes a hash, or nothing unless it is 64 lower-case hexadecimal digits.
    package init?(hexadecimal: String) {
        let digits = "0123456789abcdef".utf8
        guard hexadecimal.utf8.count == 64, hexadecimal.utf8.allSatisfy(digits.contains) else {
            return nil
        }
        self.hexadecimal = hexadecimal
    }

    /// Hashes bytes.
    package init(of bytes: [UInt8]) { self.init(SHA256.hash(data: bytes)) }

    /// Hashes a file piece by piece.
    ///
    /// - Throws: `ArchiveError` when it cannot be read.
    package init(ofFile path: FilePath) throws(ArchiveError) {
        let digest = try Disk.on(path, to: "be read") {
            let descriptor = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            return try descriptor.closeAfter {
                var hash = SHA256()
                while case let piece = try Disk.piece(of: descriptor), !piece.isEmpty {
                    hash.update(data: piece)
                }
                return hash.finalize()
            }
        }
        self.init(digest)
    }

    private init(_ digest: SHA256Digest) {
        let digits = Array("0123456789abcdef")
        hexadecimal = String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    package var description: String { hexadecimal }
}

extension ContentHash: ArchivedText {
    package init?(archived text: String) { self.init(hexadecimal: text) }
    package var archived: String { hexadecimal }
    package static var noun: String { "a SHA-256" }
}
