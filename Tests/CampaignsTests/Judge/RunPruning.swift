// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Evidence
import Foundation
import ResultArchive
import SystemPackage
import Testing

/// Makes a recorded run of an archived one: all that judging needs, and little else.
///
/// Run `./doorbell test --filter RunPruning` with `DOORBELL_RECORD_RUN` set to the folder of a run
/// and `DOORBELL_RECORD_AS` to a name of `RecordedRun`. The test then fails, so that nobody records
/// by mistake.
@Suite("Recorded runs hold what judging needs")
struct RunPruning {
    @Test("They are small, and hold neither consoles nor steps twice")
    func small() throws {
        try recordIfAsked()
        let files = try Self.files(below: RecordedRun.folder)
        let sizes = try files.map { path in
            try FileManager.default.attributesOfItem(atPath: path.string)[.size] as? Int ?? 0
        }
        #expect(sizes.reduce(0, +) < 2_000_000)
        #expect(!files.contains { $0.lastComponent?.string == "console.log" })
        for run in RecordedRun.allCases {
            let journal = try String(
                contentsOfFile: run.path.appending("journal.jsonl").string, encoding: .utf8)
            #expect(!journal.contains("stepDone"))
        }
    }

    private func recordIfAsked() throws {
        let environment = ProcessInfo.processInfo.environment
        guard let source = environment["DOORBELL_RECORD_RUN"],
            let name = environment["DOORBELL_RECORD_AS"],
            let target = RecordedRun(rawValue: name)
        else { return }
        try Self.prune(FilePath(source), into: target.path)
        Issue.record("\(source) was recorded as \(name)")
    }

    private static func prune(_ source: FilePath, into target: FilePath) throws {
        if FileManager.default.fileExists(atPath: target.string) {
            try FileManager.default.removeItem(atPath: target.string)
        }
        for path in try files(below: source) {
            var relative = path
            _ = relative.removePrefix(source)
            guard let contents = try pruned(path) else { continue }
            let copy = target.appending(relative.components)
            try FileManager.default.createDirectory(
                atPath: copy.removingLastComponent().string, withIntermediateDirectories: true)
            try contents.write(to: URL(filePath: copy.string))
        }
    }

    /// What is kept of a file; nothing of those that no judgement reads.
    private static func pruned(_ path: FilePath) throws -> Data? {
        let contents = try Data(contentsOf: URL(filePath: path.string))
        switch path.lastComponent?.string {
        case "console.log", "junit.xml", "report.txt", "pci-mirror.txt": return nil
        case "board.json":
            var record = try JSONDecoder().decode(BoardRecord.self, from: contents)
            record.texts.removeAll { $0.source == .pciInventory }
            return try compact(record)
        case "case.json":
            return try compact(JSONDecoder().decode(CaseRecord.self, from: contents))
        case "manifest.json":
            var manifest = try JSONDecoder().decode(RunManifest.self, from: contents)
            // Where the agent lay on somebody's machine is nobody's business.
            manifest.agent?.file = "doorbell-agent"
            return try compact(manifest)
        case "journal.jsonl":
            let lines = String(decoding: contents, as: UTF8.self).split(separator: "\n")
            return Data(
                lines.filter { !$0.contains("\"stepDone\"") }.map { $0 + "\n" }.joined().utf8)
        default: return contents
        }
    }

    private static func compact(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value) + Data("\n".utf8)
    }

    private static func files(below folder: FilePath) throws -> [FilePath] {
        let names =
            FileManager.default.enumerator(atPath: folder.string)?
            .compactMap { $0 as? String } ?? []
        return names.map { folder.appending($0) }.filter { path in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: path.string, isDirectory: &isFolder)
                && !isFolder.boolValue
        }
    }
}
