// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence
package import SystemPackage
package import Vocabulary

/// What one board showed during a run that is being written.
package struct BoardArchive: Sendable {
    package let folder: FilePath
    /// The console from the first byte, as it came.
    package let console: AppendFile

    init(creating folder: FilePath) throws(ArchiveError) {
        self.folder = folder
        try Disk.makeFolder(folder)
        try Disk.makeFolder(folder.appending(Self.casesName))
        console = try AppendFile(folder.appending(Self.consoleName))
    }

    /// Writes a text that belongs to the board and not to one case.
    ///
    /// - Throws: `ArchiveError`, also when there is such a file already.
    package func write(_ text: RawText) throws(ArchiveError) {
        try EvidenceFile.write(text, in: folder)
    }

    /// Writes which kernel the board ran, and which of its texts are kept.
    ///
    /// - Throws: `ArchiveError`; an earlier record is then still there.
    package func write(_ record: BoardRecord) throws(ArchiveError) {
        let path = folder.appending(Self.recordName)
        try DurableFile.replace(path, with: JSONForm.file(record, for: path))
    }

    /// Makes the folder of a case.
    ///
    /// - Throws: `ArchiveError`, also when the board has that case already.
    package func openCase(_ name: CaseName, of suite: SuiteName) throws(ArchiveError) -> CaseArchive
    {
        let ofSuite = folder.appending(Self.casesName).appending(suite.text)
        try Disk.makeFolders(ofSuite)
        return try CaseArchive(creating: ofSuite.appending(name.text))
    }

    static let consoleName = "console.log"
    static let casesName = "cases"
    static let recordName = "board.json"
}

/// What one case showed, while it is being written.
package struct CaseArchive: Sendable {
    package let folder: FilePath

    init(creating folder: FilePath) throws(ArchiveError) {
        self.folder = folder
        try Disk.makeFolder(folder)
    }

    /// Writes a raw text beside the record that points to it.
    ///
    /// - Throws: `ArchiveError`, also when there is such a file already.
    package func write(_ text: RawText) throws(ArchiveError) {
        try EvidenceFile.write(text, in: folder)
    }

    /// Writes what was done and seen; the texts that it points to are written apart.
    ///
    /// - Throws: `ArchiveError`; an earlier record is then still there.
    package func write(_ record: CaseRecord) throws(ArchiveError) {
        let path = folder.appending(Self.recordName)
        try DurableFile.replace(path, with: JSONForm.file(record, for: path))
    }

    /// Writes what was concluded.
    ///
    /// - Throws: `ArchiveError`; an earlier verdict is then still there.
    func writeVerdict(_ judgement: some Encodable) throws(ArchiveError) {
        let path = folder.appending(Self.verdictName)
        try DurableFile.replace(path, with: JSONForm.file(judgement, for: path))
    }

    static let recordName = "case.json"
    static let verdictName = "verdict.json"
}
