// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import FoundationEssentials
import ResultArchive
import SystemPackage
import Testing
import Vocabulary

@Suite("A run is archived")
struct RunArchiveTests {
    @Test("What was written is read back, raw texts included")
    func roundTrip() throws {
        try withScratchFolder { folder in
            let sample = try Sample()
            let path = try write(sample, below: folder, sealed: true)
            let run = try ArchivedRun(path)
            #expect(run.state == .complete)
            #expect(run.manifest == sample.manifest)
            let board = try #require(try run.boards().first)
            #expect(board.name == sample.board)
            #expect(try text(of: board.console) == "[    0.000000] Booting Linux\n")
            #expect(try board.record()?.kernel == sample.kernel)
            #expect(try board.record()?.texts.map(\.text) == ["pagesize=4096\n"])
            let archived = try #require(try board.cases().first)
            #expect(archived.suite == sample.suite && archived.name == sample.name)
            let record = try #require(try archived.record())
            #expect(record.texts == sample.record.texts)
            #expect(record.steps[0].texts == sample.step.texts)
            #expect(record.steps[0].calls == sample.step.calls)
            #expect(record.devices == sample.record.devices)
            #expect(try archived.judgement() == sample.judgement)
            #expect(try archived.kernel() == sample.kernel)
        }
    }

    @Test("The journal has a line for each event, in order")
    func journal() throws {
        try withScratchFolder { folder in
            let run = try ArchivedRun(try write(Sample(), below: folder, sealed: false))
            let journal = try run.journal()
            #expect(journal.damage.isEmpty)
            #expect(journal.entries.count == 3)
            #expect(journal.entries.first?.at == UTCInstant(milliseconds: 5))
            guard case .stepDone(_, _, _, let step) = journal.entries[1].event else {
                Issue.record("\(journal.entries)")
                return
            }
            #expect(step.calls.map(\.errno) == [.notPermitted])
        }
    }

    @Test("A run is running while it is written, and interrupted when its writer is gone")
    func states() throws {
        try withScratchFolder { folder in
            var archive: RunArchive? = try RunArchive.create(in: folder)
            let run = try #require(archive?.folder)
            #expect(try run.state == .running)
            #expect(try RunFolder.all(in: folder) == [run])
            archive = nil
            #expect(try run.state == .interrupted)
            #expect(try ArchivedRun(run.path).manifest == nil)
        }
    }

    @Test("A run whose writer was killed is interrupted, and what it had written is read")
    func killed() throws {
        try withScratchFolder { folder in
            let path = try write(Sample(), below: folder, sealed: false)
            let journal = RunFolder(path).journal
            let whole = try text(of: journal)
            try String(whole.dropLast(20)).write(
                to: URL(filePath: journal.string), atomically: false, encoding: .utf8)
            let run = try ArchivedRun(path)
            #expect(run.state == .interrupted)
            #expect(try run.journal().entries.count == 2)
            #expect(try run.journal().damage.map(\.cause) == ["cut off"])
            #expect(try run.boards().first?.cases().first?.record()?.steps.count == 1)
        }
    }

    @Test("A damaged line of the journal is reported, and those behind it are read")
    func damagedJournal() throws {
        try withScratchFolder { folder in
            let path = try write(Sample(), below: folder, sealed: false)
            let journal = RunFolder(path).journal
            let lines = try text(of: journal).split(separator: "\n")
            try "\(lines[0])\n{\"at\": 1}\n\(lines[2])\n".write(
                to: URL(filePath: journal.string), atomically: false, encoding: .utf8)
            let read = try ArchivedRun(path).journal()
            #expect(read.entries.count == 2)
            #expect(read.damage.map(\.number) == [2])
            #expect(read.damage.map(\.text) == ["{\"at\": 1}"])
        }
    }

    @Test("Runs that begin at one moment have folders of their own")
    func manyAtOnce() async throws {
        let count = try await withThrowingTaskGroup(of: RunArchive.self) { group in
            let parent = FilePath(FileManager.default.temporaryDirectory.path)
                .appending("doorbell-many-\(UUID())").appending("Runs")
            defer {
                // A left-over folder in the temporary directory does no harm.
                try? FileManager.default.removeItem(atPath: parent.removingLastComponent().string)
            }
            for _ in 0..<50 {
                group.addTask {
                    try RunArchive.create(in: parent, at: UTCInstant(milliseconds: 0))
                }
            }
            var archives: [RunArchive] = []
            for try await archive in group { archives.append(archive) }
            let listed = try RunFolder.all(in: parent)
            #expect(Set(listed) == Set(archives.map(\.folder)))
            return Set(listed).count
        }
        #expect(count == 50)
    }

    @Test("Runs are listed with the oldest first, and other folders are no runs")
    func listing() throws {
        try withScratchFolder { folder in
            let moments: [Int64] = [2_000_000_000_000, 1_000_000_000_000]
            let archives = try moments.map {
                try RunArchive.create(in: folder, at: UTCInstant(milliseconds: $0))
            }
            try FileManager.default.createDirectory(
                atPath: folder.appending("notes").string, withIntermediateDirectories: false)
            let names = try RunFolder.all(in: folder).map(\.name)
            #expect(names == archives.reversed().map(\.folder.name))
            #expect(names.first?.hasPrefix("2001-09-09T01-46-40Z-") == true)
            #expect(try RunFolder.all(in: folder.appending("none")).isEmpty)
        }
    }

    /// Writes a run with one board and one case.
    @Test("What doorbell itself wrote into a console's log is no word of a kernel")
    func notesAreNotTheKernels() throws {
        try withScratchFolder { folder in
            let (run, sample) = (try RunArchive.create(in: folder), try Sample())
            let stamp = "    3.806123 2026-11-22T16:07:38.123Z"
            let log = [
                "\(stamp) # the client: Kernel panic - not syncing: said nobody",
                "\(stamp) | [    1.0] # Kernel panic - not syncing: said the kernel", "",
            ]
            try run.board(sample.board).console.append(log.joined(separator: "\n").utf8)
            let board = try #require(try ArchivedRun(run.folder.path).boards().first)
            let troubles = try board.troubles()
            #expect(troubles.map(\.line) == [1])
            #expect(troubles.first?.text.contains("said the kernel") == true)
        }
    }

    @Test("What a dead kernel has left is found beside the console")
    func storedRecords() throws {
        try withScratchFolder { folder in
            let (run, sample) = (try RunArchive.create(in: folder), try Sample())
            let board = try run.board(sample.board)
            for (name, text) in [
                ("dmesg-efi-1", "Panic#1\n<0>[ 1.0] Kernel panic - not syncing: VFS\n"),
                ("console-ramoops-0", "quiet\n"),
            ] {
                try board.write(
                    RawText(source: .persistentStore, file: "pstore.\(name).txt", text: text))
            }
            let read = try #require(try ArchivedRun(run.folder.path).boards().first)
            let records = try read.storedRecords()
            #expect(
                records.map(\.file)
                    == ["pstore.console-ramoops-0.txt", "pstore.dmesg-efi-1.txt"])
            #expect(records[0].troubles == [])
            #expect(records[1].troubles.map(\.kind) == [.panic])
            #expect(records[1].troubles.map(\.line) == [1])
        }
    }

    private func write(
        _ sample: Sample, below folder: FilePath, sealed: Bool
    ) throws -> FilePath {
        let run = try RunArchive.create(in: folder)
        try run.record(
            .runBegan(command: ["doorbell"], cases: [sample.board: 1]),
            at: UTCInstant(milliseconds: 5))
        let board = try run.board(sample.board)
        try board.console.append("[    0.000000] Booting Linux\n".utf8)
        let facts = RawText(source: .boardFacts, file: "facts", text: "pagesize=4096\n")
        try board.write(facts)
        try board.write(BoardRecord(board: sample.board, kernel: sample.kernel, texts: [facts]))
        let archived = try board.openCase(sample.name, of: sample.suite)
        for text in sample.record.texts + sample.step.texts { try archived.write(text) }
        try run.record(
            .stepDone(
                board: sample.board, suite: sample.suite, name: sample.name, step: sample.step))
        try archived.write(sample.record)
        try archived.write(sample.judgement, of: sample.kernel)
        try run.record(.runEnded)
        if sealed { try run.seal(sample.manifest) }
        return run.folder.path
    }
}
