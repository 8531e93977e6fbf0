// SPDX-License-Identifier: GPL-3.0-or-later

package import SecureShell
package import Vocabulary

extension BoardFiles {
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
