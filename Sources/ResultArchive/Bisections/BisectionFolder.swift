// SPDX-License-Identifier: GPL-3.0-or-later

package import SystemPackage
package import Vocabulary

/// The folder of one bisection below `Results/Bisections`.
package struct BisectionFolder: Hashable, Sendable, CustomStringConvertible {
    package let path: FilePath

    package init(_ path: FilePath) { self.path = path }

    /// `2026-11-22T16-31-06Z-3f9a1c`.
    package var name: String { path.lastComponent?.string ?? path.string }
    package var description: String { path.string }
    /// Locked by the process that goes on with it.
    package var lock: FilePath { path.appending("lock") }
    var plan: FilePath { path.appending("bisection.json") }
    var journal: FilePath { path.appending("journal.jsonl") }

    /// Makes the folder of a new bisection, with its plan.
    /// - Throws: `ArchiveError`.
    package static func create(
        _ plan: BisectionPlan, in folder: FilePath
    ) throws(ArchiveError) -> BisectionFolder {
        try Disk.makeFolders(folder)
        let digits = Hexadecimal.digits(UInt64.random(in: 0..<1 << 24), width: 6)
        let name = "\(plan.began.fileName)-\(digits)"
        let (hidden, made) = (folder.appending(".\(name)"), BisectionFolder(folder.appending(name)))
        try Disk.makeFolder(hidden)
        let bytes = try JSONForm.file(plan, for: made.plan)
        try DurableFile.create(hidden.appending("bisection.json"), with: bytes)
        try Disk.rename(hidden, to: made.path)
        try Disk.syncFileSystem(of: folder)
        return made
    }

    /// Finds every bisection below a folder, the oldest first; a missing folder has none.
    /// - Throws: `ArchiveError` when the folder may not be read.
    package static func all(in folder: FilePath) throws(ArchiveError) -> [BisectionFolder] {
        guard Disk.exists(folder) else { return [] }
        return try Disk.names(in: folder).filter { !$0.hasPrefix(".") }
            .map { BisectionFolder(folder.appending($0)) }.filter { Disk.exists($0.plan) }
    }

    /// Reads what is searched.
    /// - Throws: `ArchiveError` when it is missing, damaged or of a newer form.
    package func readPlan() throws(ArchiveError) -> BisectionPlan {
        let plan = try JSONForm.value(
            BisectionPlan.self, in: Disk.contents(of: self.plan), of: self.plan)
        guard plan.format <= BisectionPlan.currentFormat else {
            throw .damaged(
                path: self.plan.string,
                cause: "it has form \(plan.format), and this program knows up to "
                    + "\(BisectionPlan.currentFormat)")
        }
        return plan
    }

    /// Reads the journal as far as it can be read; the last line of a killed process may be cut off.
    /// - Throws: `ArchiveError` when the file itself cannot be read, or a line in the middle.
    package func readJournal() throws(ArchiveError) -> [BisectionEntry] {
        guard Disk.exists(journal) else { return [] }
        let lines = try Disk.contents(of: journal).split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        var entries: [BisectionEntry] = []
        for (index, line) in lines.enumerated() where !line.isEmpty {
            do throws(ArchiveError) {
                entries.append(try JSONForm.value(in: Array(line), of: journal))
            } catch {
                // A line without its end was never learned by anybody.
                guard index == lines.count - 1 else {
                    throw .damaged(
                        path: journal.string, cause: "line \(index + 1): \(error.account.cause)")
                }
            }
        }
        return entries
    }

    /// Opens the journal to go on with.
    ///
    /// What a killed process has left of a line is cut off.
    /// - Throws: `ArchiveError`.
    package func openJournal() throws(ArchiveError) -> BisectionJournal {
        if Disk.exists(journal) {
            let bytes = try Disk.contents(of: journal)
            let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            if whole < bytes.count {
                try DurableFile.replace(journal, with: Array(bytes[..<whole]))
            }
        }
        return BisectionJournal(file: try AppendFile(journal))
    }

    /// Writes a report, or another file that is made from the journal.
    /// - Throws: `ArchiveError`.
    package func write(_ text: String, to file: String) throws(ArchiveError) {
        let path = try EvidenceFile.path(file, in: path)
        try DurableFile.replace(path, with: Array(text.utf8))
    }

    /// Reads a file that `write` has made; nothing where there is none.
    package func readText(_ file: String) -> String? {
        guard let path = try? EvidenceFile.path(file, in: path) else { return nil }
        return (try? Disk.contents(of: path)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Keeps the recipe of a kernel, and gives its folder.
    /// - Throws: `ArchiveError`.
    package func write(
        _ files: [String: String], ofKernel name: KernelName
    ) throws(ArchiveError) -> FilePath {
        let folder = path.appending("kernels").appending(name.text)
        try Disk.makeFolders(folder)
        for (file, text) in files.sorted(by: { $0.key < $1.key }) {
            try DurableFile.replace(
                EvidenceFile.path(file, in: folder), with: Array(text.utf8))
        }
        return folder
    }
}

/// A bisection's journal that is being written: each line lies on the device before anything is done
/// that rests on it.
package struct BisectionJournal: Sendable {
    private let file: AppendFile

    init(file: AppendFile) { self.file = file }

    /// Adds a line.
    /// - Throws: `ArchiveError`.
    package func add(_ event: BisectionEvent) throws(ArchiveError) {
        try file.append(JSONForm.line(BisectionEntry(event: event), for: file.path))
        try file.sync()
    }
}
