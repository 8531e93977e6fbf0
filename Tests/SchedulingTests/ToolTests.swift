// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import Testing
import Vocabulary

@Suite("Tools of this machine")
struct ToolTests {
    private var soon: Deadline { .after(.seconds(120), for: "the tool") }

    @Test("both outputs and the status are kept apart, and a non-zero exit is a result")
    func outputs() async throws {
        let output = try await Tool.run(
            "sh", ["-c", "echo out; echo err >&2; exit 3"], deadline: soon)
        #expect(output.text == "out\n")
        #expect(output.standardError == Array("err\n".utf8))
        #expect(output.status == .exited(3))
    }

    @Test("asked to have succeeded, it tells the command line, status and last lines")
    func succeeded() async throws {
        let output = try await Tool.run(
            "sh", ["-c", "echo 'no such board' >&2; exit 2"], deadline: soon)
        let failure = #expect(throws: ToolFailure.self) { try output.succeeded() }
        #expect(
            failure?.description
                == "local tool sh could not finish `sh -c 'echo '\\''no such board'\\'' >&2; exit 2'`: "
                + "it exited with 2, saying: no such board")
        #expect(failure?.kind == .bench)
    }

    @Test("a signal is not an exit status")
    func killed() async throws {
        let output = try await Tool.run("sh", ["-c", "kill -KILL $$"], deadline: soon)
        #expect(output.status == .killed(by: 9))
    }

    @Test("megabytes of input come back whole")
    func input() async throws {
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let output = try await Tool.run("cat", [], input: bytes, deadline: soon)
        #expect(output.standardOutput == bytes)
    }

    @Test("a tool that does not read its input is no error")
    func unreadInput() async throws {
        let output = try await Tool.run(
            "true", [], input: [UInt8](repeating: 0, count: 1_000_000), deadline: soon)
        #expect(output.status == .exited(0))
    }

    @Test("a missing tool is said to be missing")
    func missing() async {
        let failure = await #expect(throws: ToolFailure.self) {
            try await Tool.run("no-such-tool", [], deadline: soon)
        }
        #expect(failure?.description.contains("not installed") == true)
    }

    @Test("the environment given is the whole environment")
    func environment() async throws {
        let output = try await Tool.run(
            "/usr/bin/env", [], environment: ["LC_ALL": "C"], deadline: soon)
        #expect(output.text == "LC_ALL=C\n")
    }

    @Test("too much output is an error that keeps what fitted")
    func tooMuch() async {
        let failure = await #expect(throws: ToolFailure.self) {
            try await Tool.run("yes", [], deadline: soon, outputLimit: .kibibytes(64))
        }
        #expect(failure?.standardOutput.count == 65536)
        guard case .tooMuchOutput = failure?.cause else {
            Issue.record("\(String(describing: failure))")
            return
        }
    }

    @Test("at the deadline the whole process group dies, and what was said is kept")
    func deadline() async throws {
        let start = ContinuousClock.now
        let failure = await #expect(throws: ToolFailure.self) {
            try await Tool.run(
                "sh", ["-c", "trap '' TERM; sleep 301 & echo $!; sleep 302"],
                deadline: .after(.seconds(8), for: "the tool"))
        }
        #expect(ContinuousClock.now - start < .seconds(55))
        guard case .deadline = failure?.cause else {
            Issue.record("\(String(describing: failure))")
            return
        }
        let child = String(decoding: failure?.standardOutput ?? [], as: UTF8.self)
            .trimmingCharacters(in: .newlines)
        #expect(!child.isEmpty)
        try await expectDeath(of: child)
    }

    @Test("a tool that leaves something in the background has ended when it has ended")
    func background() async throws {
        let start = ContinuousClock.now
        let output = try await Tool.run("sh", ["-c", "sleep 100 & echo hi"], deadline: soon)
        #expect(output.text == "hi\n")
        #expect(ContinuousClock.now - start < .seconds(90))
    }

    @Test("a cancelled caller leaves no process behind and sees a cancellation")
    func cancelled() async throws {
        let marker = NSTemporaryDirectory() + "doorbell-\(UUID().uuidString)"
        let task = Task {
            try await Tool.run(
                "sh", ["-c", "echo $$ > \(marker); sleep 63"], deadline: soon)
        }
        try await retrying(until: soon) {
            _ = try String(contentsOfFile: marker, encoding: .utf8).wholeLine()
        }
        let child = try String(contentsOfFile: marker, encoding: .utf8).wholeLine()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await expectDeath(of: child)
        try FileManager.default.removeItem(atPath: marker)
    }

    /// A process that was killed is gone a moment later, when the kernel comes to it.
    private func expectDeath(of process: String) async throws {
        struct StillAlive: Error {}
        try await retrying(until: soon, pause: .milliseconds(10)) {
            if isAlive(process) { throw StillAlive() }
        }
    }

    private func isAlive(_ process: String) -> Bool {
        let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        return stat.map { !$0.contains(") Z ") } ?? false
    }
}

extension String {
    fileprivate struct Unfinished: Error {}

    /// The text without its newline, which shows that the writer has finished the line.
    fileprivate func wholeLine() throws -> String {
        guard hasSuffix("\n") else { throw Unfinished() }
        return String(dropLast())
    }
}
