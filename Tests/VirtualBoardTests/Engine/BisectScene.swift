// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing
import VirtualBoards

/// Bisections of a story.
extension Scene {
    func bisect(
        _ words: [String], _ environment: [String: String] = [:]
    ) async throws -> ToolOutput {
        try await Tool.run(
            Self.executable.string, ["bisect"] + words,
            environment: Self.environment(with: environment),
            deadline: .after(.seconds(1800), for: "bisect"))
    }

    /// What a bisection with a suite of the scene is told besides.
    func bisectWords(_ suite: String) -> [String] {
        [
            "--suite", folder.appending(suite).string, "--lab", lab.string, "--results",
            folder.string,
        ]
    }

    /// The revisions that the scene's bisection has an answer for, in order.
    var answered: [String] {
        let all = folder.appending("Bisections")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: all.string)) ?? []
        guard let name = names.first else { return [] }
        let path = all.appending(name).appending("journal.jsonl").string
        let lines = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return lines.split(separator: "\n").filter { $0.contains("\"probed\"") }.compactMap {
            $0.firstMatch(of: /"revision":"([^"]*)"/).map { String($0.1) }
        }
    }

    /// Begins a bisection and kills it behind each of its first boots, then lets it end.
    ///
    /// No answer may get lost on the way, and none may be asked for twice.
    func bisect(
        _ words: [String], killedTimes times: Int, _ environment: [String: String] = [:]
    ) async throws -> ToolOutput {
        let more = ["resume", "--results", folder.string]
        var known: [String] = []
        for round in 1...times {
            async let running = bisect(round == 1 ? words : more, environment)
            try await awaitAnswers(round)
            for process in Bench.processes(with: folder.string) { kill(pid_t(process), SIGKILL) }
            #expect(try await running.status == .killed(by: SIGKILL))
            #expect(Array(answered.prefix(known.count)) == known)
            known = answered
        }
        let status = try await bisect(["status", "--results", folder.string])
        #expect(status.text.contains("\(known.count) boots so far"), "\(status.seen)")
        let output = try await bisect(more, environment)
        #expect(Set(answered).count == answered.count)
        return output
    }

    /// Awaits that so many boots have an answer.
    func awaitAnswers(_ count: Int) async throws {
        try await retrying(
            until: .after(.seconds(300), for: "boot \(count)"), pause: .milliseconds(20)
        ) {
            guard answered.count >= count else { throw NoAnswer() }
        }
    }

    /// A cache whose kernels go with the scene; whatever else it holds is everybody's.
    func cacheOfItsOwn() throws -> [String: String] {
        let (own, common) = (folder.appending("cache"), BoardCache().root)
        try FileManager.default.createDirectory(
            atPath: own.string, withIntermediateDirectories: true)
        for name in ["apt", "images", "keys", "records"] {
            try FileManager.default.createSymbolicLink(
                atPath: own.appending(name).string,
                withDestinationPath: common.appending(name).string)
        }
        return ["DOORBELL_CACHE": own.string]
    }

    private struct NoAnswer: Error {}
}
