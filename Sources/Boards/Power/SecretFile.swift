// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
package import SystemPackage
package import Vocabulary

/// A file of the controller that holds a password, which only its owner may read.
///
/// The password stands on its first line and never in arguments, journals or messages.
package struct SecretFile: Sendable, Hashable {
    package let path: FilePath

    package init(_ path: FilePath) { self.path = path }

    /// Looks whether the file is there, not empty, and hidden from other people.
    /// - Throws: `SecretFileError`.
    package func check() throws(SecretFileError) {
        var status = stat()
        guard stat(path.string, &status) == 0 else {
            throw SecretFileError(path: path, cause: "\(Errno(rawValue: errno))")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw SecretFileError(path: path, cause: "it is no file")
        }
        guard status.st_mode & 0o077 == 0 else {
            let mode = String(status.st_mode & 0o777, radix: 8)
            throw SecretFileError(path: path, cause: "others may read or change it (mode \(mode))")
        }
        if status.st_size == 0 { throw SecretFileError(path: path, cause: "it is empty") }
    }

    /// Reads the password: the first line.
    /// - Throws: `SecretFileError`.
    package func password() throws(SecretFileError) -> String {
        try check()
        let bytes: [UInt8]
        do {
            let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            bytes = try file.closeAfter {
                var buffer = [UInt8](repeating: 0, count: 4096)
                let count = try buffer.withUnsafeMutableBytes { try file.read(into: $0) }
                return Array(buffer.prefix(count))
            }
        } catch {
            throw SecretFileError(path: path, cause: "\(error)")
        }
        let line = String(decoding: bytes.prefix { $0 != 10 && $0 != 13 }, as: UTF8.self)
        guard !line.isEmpty else {
            throw SecretFileError(path: path, cause: "its first line is empty")
        }
        return line
    }
}

/// A password that cannot be used, because of the file that it should stand in.
package struct SecretFileError: Blame, Hashable {
    package let path: FilePath
    package let cause: String

    package var kind: FaultKind { .bench }

    package var account: Account {
        Account(
            subject: "the password file \(path)", action: "be used", cause: cause,
            remedy: "Write the password on its first line, and `chmod 600` it.")
    }
}
