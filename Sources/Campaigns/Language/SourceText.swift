// SPDX-License-Identifier: GPL-3.0-or-later

package import SystemPackage

/// The text of a lab, suite or kernel file, and the name it goes by in messages.
package struct SourceText: Hashable, Sendable {
    /// The path as the user wrote it.
    package let file: String
    /// The bytes as they lie on disk: what a manifest hashes.
    package let bytes: [UInt8]
    package let text: String
    /// The folder from which paths in it count; nothing where the text was read from no file.
    package let folder: FilePath?

    /// A file longer than this is no file that a person wrote.
    static let longest = 1 << 20

    /// Takes bytes that have been read already.
    ///
    /// - Throws: `LanguageError` when they are too many or not UTF-8.
    package init(
        file: String, bytes: [UInt8], folder: FilePath? = nil
    ) throws(LanguageError) {
        guard bytes.count <= Self.longest else {
            throw LanguageError(file: file, "the file is larger than 1MiB; such a file is refused")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let position = Self.placeOfBadUTF8(bytes)
            throw LanguageError(
                file: file, at: position, "not UTF-8 text; save the file in UTF-8")
        }
        self.file = file
        self.bytes = bytes
        self.text = text
        self.folder = folder
    }

    /// Takes text, as tests and standard input have it.
    package init(file: String, text: String) throws(LanguageError) {
        try self.init(file: file, bytes: Array(text.utf8))
    }

    /// Reads a file; messages call it by the name, or by its path.
    ///
    /// - Throws: `LanguageError` when it is missing, a directory, not readable, too long or not
    ///   UTF-8.
    package init(path: FilePath, namedAs name: String? = nil) throws(LanguageError) {
        let bytes: [UInt8]
        do {
            let descriptor = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            bytes = try descriptor.closeAfter { try Self.contents(of: descriptor) }
        } catch {
            throw LanguageError(file: name ?? path.string, Self.sentence(for: error))
        }
        try self.init(
            file: name ?? path.string, bytes: bytes, folder: path.removingLastComponent())
    }

    /// Reads at most one byte more than is allowed, so that the excess is seen.
    private static func contents(of descriptor: FileDescriptor) throws -> [UInt8] {
        var contents: [UInt8] = []
        while contents.count <= longest {
            let piece = try [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
                count = try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
            }
            if piece.isEmpty { break }
            contents += piece
        }
        return contents
    }

    private static func sentence(for error: any Error) -> String {
        switch error as? Errno {
        case .noSuchFileOrDirectory?: "there is no such file"
        case .isDirectory?: "this is a directory; name a file in it"
        case .permissionDenied?: "the file may not be read; check its permissions"
        case .some(let errno): "the file could not be read: \(errno)"
        case nil: "the file could not be read: \(error)"
        }
    }

    /// Finds the first byte that is not part of a character, by reading ever longer beginnings.
    private static func placeOfBadUTF8(_ bytes: [UInt8]) -> SourcePosition {
        var (line, column) = (1, 1)
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
        }
        return SourcePosition(line: line, column: column)
    }
}
