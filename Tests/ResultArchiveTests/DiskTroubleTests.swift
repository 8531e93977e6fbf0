// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import FoundationEssentials
import ResultArchive
import SystemPackage
import Testing
import Vocabulary

@Suite("Trouble with the disk")
struct DiskTroubleTests {
    @Test("No space left is the bench's fault, says where, and keeps what was there")
    func noSpace() throws {
        try withScratchFolder { folder in
            let sample = try Sample()
            let run = try RunArchive.create(in: folder)
            let board = try run.board(sample.board)
            let archived = try board.openCase(sample.name, of: sample.suite)
            try archived.write(sample.record)
            try fill(archived.folder.appending(".verdict.json.new"))
            let error = #expect(throws: ArchiveError.self) {
                try archived.write(sample.judgement, of: sample.kernel)
            }
            #expect(error?.kind == .bench)
            let path = archived.folder.appending(".verdict.json.new").string
            #expect(
                error?.description
                    == "\(path) could not be written: no space is left on the device. Make room, "
                    + "or remove old runs; what was written before is kept.")
            #expect(exists(archived.folder.appending("case.json")))
            #expect(!exists(archived.folder.appending("verdict.json")))
        }
    }

    @Test("A manifest that finds no space leaves the run incomplete")
    func manifest() throws {
        try withScratchFolder { folder in
            var run: RunArchive? = try RunArchive.create(in: folder)
            let path = try #require(run?.folder)
            try fill(path.path.appending(".manifest.json.new"))
            #expect(throws: ArchiveError.self) { try run?.seal(Sample().manifest) }
            run = nil
            #expect(try path.state == .interrupted)
        }
    }

    @Test("Console and journal text that finds no space is an error, not lost in silence")
    func append() throws {
        let full = try AppendFile("/dev/full")
        let error = #expect(throws: ArchiveError.self) { try full.append("x".utf8) }
        #expect(error == .noSpace(path: "/dev/full", action: "be appended to"))
    }

    @Test("A folder that may not be made is named")
    func refused() {
        let error = #expect(throws: ArchiveError.self) {
            try RunArchive.create(in: "/proc/self/Runs")
        }
        #expect(error?.description.hasPrefix("/proc/self/Runs could not be created: ") == true)
    }

    @Test("Evidence is never overwritten, and never leaves its folder")
    func names() throws {
        try withScratchFolder { folder in
            let sample = try Sample()
            let board = try RunArchive.create(in: folder).board(sample.board)
            try board.write(RawText(source: .trace, file: "trace", text: "first"))
            #expect(throws: ArchiveError.self) {
                try board.write(RawText(source: .trace, file: "trace", text: "second"))
            }
            #expect(try text(of: board.folder.appending("trace")) == "first")
            for name in ["../x", "/etc/x", "", ".", "..", "a/b", "console.log", "a\nb", ".x"] {
                let error = #expect(throws: ArchiveError.self) {
                    try board.write(RawText(source: .trace, file: name, text: "x"))
                }
                #expect(error == .badFileName(name, folder: board.folder.string))
                #expect(error?.kind == .harness)
            }
        }
    }

    @Test("A record that points outside of its folder is not followed")
    func pointsOutside() throws {
        try withScratchFolder { folder in
            let sample = try Sample()
            let run = try RunArchive.create(in: folder)
            let board = try run.board(sample.board)
            try board.write(
                BoardRecord(
                    board: sample.board,
                    texts: [RawText(source: .bootLog, file: "../../../../etc/passwd", text: "")]))
            let archived = try #require(try ArchivedRun(run.folder.path).boards().first)
            #expect(throws: ArchiveError.self) { try archived.record() }
        }
    }

    @Test("One board, and one case of it, have one place in a run")
    func twice() throws {
        try withScratchFolder { folder in
            let sample = try Sample()
            let run = try RunArchive.create(in: folder)
            let board = try run.board(sample.board)
            #expect(throws: ArchiveError.self) { try run.board(sample.board) }
            _ = try board.openCase(sample.name, of: sample.suite)
            #expect(throws: ArchiveError.self) {
                try board.openCase(sample.name, of: sample.suite)
            }
        }
    }

    @Test("What is no run, or a run of a newer form, is named")
    func notARun() throws {
        try withScratchFolder { folder in
            let error = #expect(throws: ArchiveError.self) { try ArchivedRun(folder) }
            #expect(error?.description.contains("this is not the folder of a run") == true)
            let run = try RunArchive.create(in: folder)
            for (text, cause) in [
                ("{\"format\": 99}", "it has form 99, and this program knows up to 1"),
                ("{\"format\": 1}", "is missing"), ("", "could not be read back"),
            ] {
                try text.write(
                    to: URL(filePath: run.folder.manifest.string), atomically: false,
                    encoding: .utf8)
                let error = #expect(throws: ArchiveError.self) {
                    try ArchivedRun(run.folder.path)
                }
                #expect(error?.description.contains(cause) == true, "\(error?.description ?? "")")
            }
        }
    }
}
