// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence
package import SystemPackage
package import Vocabulary

/// A board of a run that is read back.
package struct ArchivedBoard: Sendable {
    package let name: BoardName
    package let folder: FilePath

    /// The console's bytes, as they came.
    package var console: FilePath { folder.appending(BoardArchive.consoleName) }

    /// Reads the board's record with its raw texts; nothing when the run ended before it.
    ///
    /// - Throws: `ArchiveError` when a file is missing or damaged.
    package func record() throws(ArchiveError) -> BoardRecord? {
        let path = folder.appending(BoardArchive.recordName)
        guard Disk.exists(path) else { return nil }
        var record = try JSONForm.value(
            BoardRecord.self, in: Disk.contents(of: path), of: path)
        try RawTexts.fill(&record.texts, from: folder)
        return record
    }

    /// Finds every trouble that the kernel told of on the console, those of no consequence too;
    /// none where no console was kept.
    ///
    /// - Throws: `ArchiveError` when the console's log may not be read.
    package func troubles() throws(ArchiveError) -> [KernelTrouble] {
        guard Disk.exists(console) else { return [] }
        var scanner = TroubleScanner()
        let bytes = ConsoleNotes.blanked(in: try Disk.contents(of: console))
        return scanner.take(bytes) + scanner.finish()
    }

    /// Reads what dead kernels have left in the board's persistent store, sorted by file.
    ///
    /// - Throws: `ArchiveError` when the folder or a record may not be read.
    package func storedRecords() throws(ArchiveError) -> [StoredRecord] {
        var records: [StoredRecord] = []
        for name in try Disk.names(in: folder).sorted()
        where name.hasPrefix("pstore.") && name.hasSuffix(".txt") {
            let bytes = try Disk.contents(of: folder.appending(name))
            records.append(
                StoredRecord(file: name, troubles: TroubleScanner.troubles(inRecord: bytes)))
        }
        return records
    }

    /// Finds the cases, sorted by suite and name.
    ///
    /// - Throws: `ArchiveError` when a folder may not be read.
    package func cases() throws(ArchiveError) -> [ArchivedCase] {
        let all = folder.appending(BoardArchive.casesName)
        var cases: [ArchivedCase] = []
        for suite in try Disk.names(in: all).compactMap({ SuiteName($0) }) {
            let ofSuite = all.appending(suite.text)
            for name in try Disk.names(in: ofSuite).compactMap({ CaseName($0) }) {
                cases.append(
                    ArchivedCase(suite: suite, name: name, folder: ofSuite.appending(name.text)))
            }
        }
        return cases
    }
}

/// What a dead kernel has left in its board's persistent store.
package struct StoredRecord: Sendable, Hashable, Encodable {
    /// Its file in the board's folder.
    package let file: String
    /// What it tells of trouble; lines count from the file's beginning.
    package let troubles: [KernelTrouble]

    package init(file: String, troubles: [KernelTrouble]) {
        (self.file, self.troubles) = (file, troubles)
    }
}

/// A case of a run that is read back.
package struct ArchivedCase: Sendable {
    package let suite: SuiteName
    package let name: CaseName
    package let folder: FilePath

    /// Reads what was done and seen, raw texts included; nothing when the run ended before it.
    ///
    /// - Throws: `ArchiveError` when a file is missing or damaged.
    package func record() throws(ArchiveError) -> CaseRecord? {
        let path = folder.appending(CaseArchive.recordName)
        guard Disk.exists(path) else { return nil }
        var record = try JSONForm.value(CaseRecord.self, in: Disk.contents(of: path), of: path)
        try RawTexts.fill(&record.texts, from: folder)
        for index in record.steps.indices {
            try RawTexts.fill(&record.steps[index].texts, from: folder)
        }
        return record
    }

    /// Reads what was concluded; nothing when the case was never judged.
    ///
    /// - Throws: `ArchiveError` when the file is damaged.
    package func verdict<Judgement: Decodable>(
        as type: Judgement.Type = Judgement.self
    ) throws(ArchiveError) -> Judgement? {
        let path = folder.appending(CaseArchive.verdictName)
        guard Disk.exists(path) else { return nil }
        return try JSONForm.value(in: Disk.contents(of: path), of: path)
    }
}

/// Puts the raw texts back into the records that point to them.
enum RawTexts {
    static func fill(_ texts: inout [RawText], from folder: FilePath) throws(ArchiveError) {
        for index in texts.indices {
            let name = texts[index].file
            guard EvidenceFile.isFileName(name) else {
                throw .badFileName(name, folder: folder.string)
            }
            let bytes = try Disk.contents(of: folder.appending(name))
            texts[index].text = String(decoding: bytes, as: UTF8.self)
        }
    }
}
