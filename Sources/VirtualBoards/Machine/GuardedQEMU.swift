// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import Subprocess
import SystemPackage

/// QEMU under a guardian that ends it when the controller is gone, however the controller went.
///
/// The guardian is a shell that reads a pipe whose other end only we have: when we die the pipe
/// ends, and QEMU is killed. Should the guardian itself be killed, the system kills QEMU.
struct GuardedQEMU {
    let arguments: [String]
    /// Where QEMU's standard error goes.
    let words: FilePath

    /// Runs QEMU as long as the body runs, and never longer.
    ///
    /// The body's cancellation does not end QEMU: the body may still be giving devices back.
    /// - Parameters:
    ///   - console: hears what QEMU writes on standard output, until its end.
    ///   - body: works while QEMU runs.
    /// - Returns: what the body returned.
    /// - Throws: what the body throws; `Errno` when QEMU cannot even be tried.
    func run<Value>(
        hearing console: Console, _ body: (RunningQEMU) async throws -> Value
    ) async throws -> Value {
        let errors = try FileDescriptor.open(
            words, .writeOnly, options: [.create, .truncate, .closeOnExec],
            permissions: [.ownerReadWrite])
        let life = try PrivatePipe()
        let output = try PrivatePipe()
        // A task of its own: as a child task it would end with the caller's cancellation.
        let process = Task {
            try await spawn(input: life.readEnd, output: output.writeEnd, error: errors)
        }
        return try await ThreadExecutor.withThread(named: "console") { thread in
            async let heard: Void = thread.run { Self.hear(output.readEnd, console) }
            let running = RunningQEMU(words: words, process: process)
            let result: Result<Value, any Error>
            do { result = .success(try await body(running)) } catch { result = .failure(error) }
            try life.writeEnd.close()
            await heard
            _ = await process.result
            return try result.get()
        }
    }

    private func spawn(
        input: FileDescriptor, output: FileDescriptor, error: FileDescriptor
    ) async throws -> String {
        var options = PlatformOptions()
        // Ctrl-C at the terminal is the controller's business: QEMU must not hear it.
        options.createSession = true
        let result = try await Subprocess.run(
            .path("/bin/sh"),
            arguments: Arguments(["-c", Self.guardian, "doorbell-guardian"] + arguments),
            platformOptions: options,
            input: .fileDescriptor(input, closeAfterSpawningProcess: true),
            output: .fileDescriptor(output, closeAfterSpawningProcess: true),
            error: .fileDescriptor(error, closeAfterSpawningProcess: true))
        switch result.terminationStatus {
        case .exited(let code): return "exit code \(code)"
        case .signaled(let signal): return "signal \(signal)"
        }
    }

    /// Reads until QEMU has closed its end; blocks, and must have a thread of its own.
    private static func hear(_ descriptor: FileDescriptor, _ console: Console) {
        defer {
            console.end()
            try? descriptor.close()
        }
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = buffer.withUnsafeMutableBytes { (try? descriptor.read(into: $0)) ?? 0 }
            guard count > 0 else { return }
            console.take(buffer.prefix(count))
        }
    }

    /// The reader ends when our end of the pipe is closed, by us or by our death, and kills QEMU.
    private static let guardian = """
        exec 3<&0 </dev/null
        setpriv --pdeathsig KILL -- "$@" 3<&- &
        qemu=$!
        { read -r end <&3; kill -KILL $qemu; } >/dev/null 2>&1 &
        reader=$!
        wait $qemu
        status=$?
        kill -KILL $reader
        exit $status
        """
}

/// A QEMU that was started.
struct RunningQEMU {
    fileprivate let words: FilePath
    fileprivate let process: Task<String, any Error>

    /// Awaits QEMU's own end, and tells how it ended and what it said.
    /// - Throws: what kept it from being started.
    func ended(board: String) async throws -> MachineError {
        let status = try await process.value
        let said = (try? String(contentsOfFile: words.string, encoding: .utf8)) ?? ""
        let lastWords = said.split(whereSeparator: \.isNewline).suffix(5)
        return .ended(board: board, status: status, words: lastWords.joined(separator: " / "))
    }
}

/// A pipe that no child inherits unless an end is given to it.
///
/// It is a pair of sockets, because `pipe` cannot be told so in one step from Swift, and between
/// two steps another board's QEMU may be started.
private struct PrivatePipe {
    let readEnd: FileDescriptor
    let writeEnd: FileDescriptor

    init() throws(Errno) {
        var ends: [Int32] = [0, 0]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw Errno(rawValue: errno) }
        readEnd = FileDescriptor(rawValue: ends[0])
        writeEnd = FileDescriptor(rawValue: ends[1])
    }
}
