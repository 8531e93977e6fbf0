// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Foundation
import Scheduling
import Synchronization
import SystemPackage

/// The agent's real ARM64 executable on this machine, under qemu-user, over pipes.
final class LocalAgent: AgentTransport {
    private let process: Mutex<Process>
    private let input: FileHandle
    private let output: FileHandle
    private let error: FileHandle

    init() async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/qemu-aarch64-static")
        process.arguments = [try await AgentBuild.path.string]
        let pipes = (Pipe(), Pipe(), Pipe())
        process.standardInput = pipes.0
        process.standardOutput = pipes.1
        process.standardError = pipes.2
        try process.run()
        input = pipes.0.fileHandleForWriting
        output = pipes.1.fileHandleForReading
        error = pipes.2.fileHandleForReading
        self.process = Mutex(process)
    }

    var identifier: Int32 { process.withLock { $0.processIdentifier } }

    func exchange(_ bytes: [UInt8], deadline: Deadline) async throws -> [UInt8] {
        try write(bytes)
        return try await read(deadline: deadline)
    }

    func write(_ bytes: [UInt8]) throws { try input.write(contentsOf: Data(bytes)) }

    func read(deadline: Deadline) async throws -> [UInt8] {
        var wait = pollfd(fd: output.fileDescriptor, events: Int16(POLLIN), revents: 0)
        while poll(&wait, 1, 20) == 0 {
            try Task.checkCancellation()
            if deadline.hasPassed {
                throw AgentTransportError.deadline(DeadlineExceeded(deadline))
            }
            await Task.yield()
        }
        return [UInt8](output.availableData)
    }

    func closeInput(deadline: Deadline) async throws { try input.close() }

    func lastWords() async -> AgentLastWords {
        let words = String(decoding: error.availableData, as: UTF8.self)
        return AgentLastWords(standardError: words, ending: "it exited with \(status())")
    }

    /// Waits for the agent's end and gives its exit status.
    func status() -> Int32 {
        process.withLock { process in
            process.waitUntilExit()
            return process.terminationStatus
        }
    }

    func close() async {
        process.withLock { process in
            if process.isRunning { process.terminate() }
            process.waitUntilExit()
        }
    }
}
