// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing

/// A place of its own for one story: a lab, suites and results in a folder that is gone afterwards.
///
/// Everything goes through the built executable, as a user would use it.
struct Scene: Sendable {
    let folder: FilePath
    /// A word in the names of the story's boards, by which their processes are known.
    let tag: String

    var results: FilePath { folder.appending("runs") }
    var lab: FilePath { folder.appending("lab.yaml") }

    /// Gives the body a scene, and takes care that no QEMU of it is left.
    static func with(_ body: (Scene) async throws -> Void) async throws {
        let tag = "t\(UUID().uuidString.prefix(8).lowercased())"
        let folder = FilePath(NSTemporaryDirectory()).appending("doorbell-scene-\(tag)")
        try FileManager.default.createDirectory(
            atPath: folder.string, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder.string) }
        let scene = Scene(folder: folder, tag: tag)
        try await body(scene)
        try await scene.expectNoQEMU()
    }

    /// Writes a file of the scene.
    func write(_ text: String, to name: String, mode: Int = 0o644) throws {
        let path = folder.appending(FilePath(name).components).string
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    /// Makes a folder of the scene.
    func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(
            atPath: folder.appending(FilePath(name).components).string,
            withIntermediateDirectories: true)
    }

    /// Writes the scene's lab.
    func write(_ boards: [SceneBoard]) throws {
        let entries = boards.map { $0.text(tag: tag) }.joined()
        try write("name: scene\nsummary: A lab of one story\nboards:\n" + entries, to: "lab.yaml")
    }

    /// Runs cases on the scene's lab.
    func run(
        _ words: String..., environment: [String: String] = [:]
    ) async throws -> ToolOutput {
        try await doorbell(runWords + words, environment: environment)
    }

    private var runWords: [String] { ["run", "--lab", lab.string, "--results", results.string] }

    /// Runs the executable.
    func doorbell(
        _ words: [String], environment: [String: String] = [:]
    ) async throws -> ToolOutput {
        try await Tool.run(
            Self.executable.string, words, environment: Self.environment(with: environment),
            deadline: .after(.seconds(240), for: "doorbell \(words.joined(separator: " "))"))
    }

    /// The executable lies beside the tests that were built with it.
    static var executable: FilePath {
        FilePath(CommandLine.arguments[0]).removingLastComponent().appending("doorbell")
    }

    static func environment(with changes: [String: String]) -> [String: String] {
        ProcessInfo.processInfo.environment
            .merging(["DOORBELL_ROOT": root.string]) { $1 }
            .merging(changes) { $1 }
    }

    /// The checkout, three above this file's folder.
    static var root: FilePath {
        (0..<4).reduce(FilePath(#filePath)) { path, _ in path.removingLastComponent() }
    }
}

// MARK: What is left

extension Scene {
    /// The folders of the scene's runs, the oldest first.
    var runs: [FilePath] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: results.string)) ?? []
        // Names tell the second only; the lock is made first of all and never touched again.
        let begun = names.filter { !$0.hasPrefix(".") }.map { name in
            let run = results.appending(name)
            let lock = run.appending("lock").string
            let facts = try? FileManager.default.attributesOfItem(atPath: lock)
            return (run, facts?[.modificationDate] as? Date ?? .distantPast)
        }
        return begun.sorted { $0.1 < $1.1 }.map(\.0)
    }

    /// A file of the newest run; nothing where there is none.
    func text(_ name: String) -> String? {
        guard let run = runs.last else { return nil }
        let path = run.appending(FilePath(name).components).string
        return try? String(contentsOfFile: path, encoding: .utf8)
    }

    /// The names in a board's folder of the newest run.
    func files(of board: String) throws -> [String] {
        guard let run = runs.last else { return [] }
        let folder = run.appending("boards").appending(board).string
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    var journal: String { text("journal.jsonl") ?? "" }

    /// What `list runs` says of the scene's runs.
    func states() async throws -> [String] {
        let list = try await doorbell(["list", "runs", "--results", results.string]).succeeded()
        return list.text.split(separator: "\n").map {
            String($0.split(separator: " ").dropFirst().first ?? "")
        }
    }

    /// Awaits that the newest run's journal says something.
    func awaitJournal(_ word: String) async throws {
        try await retrying(
            until: .after(.seconds(120), for: "'\(word)' in the journal"),
            pause: .milliseconds(5)
        ) {
            guard journal.contains(word) else { throw NotYet(what: journal) }
        }
    }

    /// Awaits that the console of the newest run's board says something.
    func awaitConsole(_ word: String, of board: String = "there") async throws {
        try await retrying(
            until: .after(.seconds(120), for: "'\(word)' on the console"),
            pause: .milliseconds(20)
        ) {
            let log = text("boards/\(board)/console.log") ?? ""
            guard log.contains(word) else { throw NotYet(what: log) }
        }
    }

    /// Awaits the process that runs the scene.
    func controller() async throws -> pid_t {
        try await retrying(
            until: .after(.seconds(60), for: "the controller"), pause: .milliseconds(5)
        ) {
            let all = Bench.processes(with: results.string)
            guard let one = all.first else { throw NotYet(what: "no process") }
            return pid_t(one)
        }
    }

    /// Kills the program where it still runs; it may just have ended by itself.
    func killController() {
        for process in Bench.processes(with: results.string) { kill(pid_t(process), SIGKILL) }
    }

    /// Awaits that QEMU makes one of the scene's boards, and gives its process.
    func qemu(of board: String) async throws -> pid_t {
        try await retrying(
            until: .after(.seconds(60), for: "QEMU"), pause: .milliseconds(5)
        ) {
            let name = "doorbell.board=\(tag)-\(board)"
            let all = Bench.processes(with: name).filter(Bench.isQEMU)
            guard let one = all.first else { throw NotYet(what: "no process") }
            return pid_t(one)
        }
    }

    /// Awaits that none of the scene's boards has a QEMU any more.
    func expectNoQEMU() async throws {
        try await retrying(
            until: .after(.seconds(10), for: "QEMU's end"), pause: .milliseconds(20)
        ) {
            let left = Bench.processes(with: "doorbell.board=\(tag)")
            guard left.isEmpty else { throw NotYet(what: "\(left) still run") }
        }
    }

    private struct NotYet: Error {
        let what: String
    }
}

extension ToolOutput {
    /// Everything that the user sees.
    var seen: String { text + String(decoding: standardError, as: UTF8.self) }
    var errors: String { String(decoding: standardError, as: UTF8.self) }
}
