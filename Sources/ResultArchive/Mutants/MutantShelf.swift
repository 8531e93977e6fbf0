// SPDX-License-Identifier: GPL-3.0-or-later

package import SystemPackage
import Vocabulary

/// The records of mutants that were judged, so that a set of them can be gone on with.
///
/// Each lies in a file named by the hash of all that decides it: kernel, suite, lab, agent, tool.
package struct MutantShelf: Sendable {
    package let folder: FilePath

    package init(_ folder: FilePath) { self.folder = folder }

    /// Gives the record of equal inputs; nothing where there is none, or none that can be read.
    package func record(_ key: ContentHash) -> MutantRecord? {
        let path = path(key)
        // A damaged file costs only that the mutant is judged once more.
        guard let bytes = try? Disk.contents(of: path) else { return nil }
        return try? JSONForm.value(MutantRecord.self, in: bytes, of: path)
    }

    /// Keeps a record.
    /// - Throws: `ArchiveError`.
    package func keep(_ record: MutantRecord, under key: ContentHash) throws(ArchiveError) {
        try Disk.makeFolders(folder)
        let path = path(key)
        try DurableFile.replace(path, with: JSONForm.file(record, for: path))
        try Disk.syncFolder(folder)
    }

    /// Writes a whole matrix to a file that a person keeps.
    /// - Throws: `ArchiveError`.
    package static func write(
        _ matrix: MutantMatrix, to path: FilePath
    ) throws(ArchiveError) {
        try DurableFile.replace(path, with: JSONForm.file(matrix, for: path))
    }

    /// Reads such a file.
    /// - Throws: `ArchiveError`.
    package static func matrix(_ path: FilePath) throws(ArchiveError) -> MutantMatrix {
        try JSONForm.value(MutantMatrix.self, in: Disk.contents(of: path), of: path)
    }

    private func path(_ key: ContentHash) -> FilePath {
        folder.appending("\(key.hexadecimal.prefix(32)).json")
    }
}
