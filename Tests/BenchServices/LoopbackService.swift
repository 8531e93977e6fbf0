// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import Subprocess
package import SystemPackage

/// A real server program on this machine, in a folder and a process group of its own.
package struct LoopbackService: Sendable {
    package let folder: FilePath
    package let process: Int32

    /// What it has written until now.
    package var log: String {
        (try? String(contentsOfFile: "\(folder)/log", encoding: .utf8)) ?? ""
    }

    /// Runs a program for as long as the body does, and ends all that it has started.
    package static func run<Value: Sendable>(
        _ program: String, _ arguments: [String], in folder: FilePath,
        environment: [String: String] = [:],
        _ body: @escaping @Sendable (LoopbackService) async throws -> Value
    ) async throws -> Value {
        var platform = PlatformOptions()
        platform.createSession = true
        platform.teardownSequence = teardown
        let log = try FileDescriptor.open(
            folder.appending("log"), .writeOnly, options: [.create, .append],
            permissions: .ownerReadWrite)
        let variables = environment.map { (Environment.Key(stringLiteral: $0), $1 as String?) }
        let result = try await Subprocess.run(
            program.contains("/") ? .path(FilePath(program)) : .name(program),
            arguments: Arguments(arguments),
            environment: .inherit.updating(Dictionary(uniqueKeysWithValues: variables)),
            workingDirectory: folder, platformOptions: platform, input: .none,
            output: .fileDescriptor(log, closeAfterSpawningProcess: false),
            error: .fileDescriptor(log, closeAfterSpawningProcess: true)
        ) { execution in
            let service = LoopbackService(
                folder: folder, process: execution.processIdentifier.value)
            return try await withCleanup {
                try await body(service)
            } cleanup: {
                await execution.teardown(using: teardown)
                try? execution.send(signal: .kill, toProcessGroup: true)
            }
        }
        return result.closureResult
    }

    /// Gives the body a new folder that only its owner may enter, and removes it.
    package static func withFolder<Value: Sendable>(
        _ body: @escaping @Sendable (FilePath) async throws -> Value
    ) async throws -> Value {
        let folder = "/tmp/doorbell-service-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        return try await withCleanup {
            try await body(FilePath(folder))
        } cleanup: {
            try? FileManager.default.removeItem(atPath: folder)
        }
    }

    /// Awaits that somebody takes connections at a port of this machine.
    package static func waitUntilItListens(at port: UInt16) async throws {
        let limit = Deadline.after(.seconds(30), for: "a server at port \(port)")
        try await retrying(until: limit, pause: .milliseconds(50)) {
            guard accepts(port) else { throw Errno.connectionRefused }
        }
    }

    /// Awaits that somebody takes datagrams at a port of this machine.
    package static func waitUntilItReceives(at port: UInt16) async throws {
        try await waitUntilBound(port, in: "/proc/net/udp")
    }

    /// Awaits that somebody takes connections at a port, without making one.
    package static func waitUntilItIsBound(to port: UInt16) async throws {
        try await waitUntilBound(port, in: "/proc/net/tcp")
    }

    private static func waitUntilBound(_ port: UInt16, in file: String) async throws {
        let limit = Deadline.after(.seconds(30), for: "a server at port \(port)")
        let digits = String(port, radix: 16, uppercase: true)
        let word = ":" + String(repeating: "0", count: 4 - digits.count) + digits + " "
        try await retrying(until: limit, pause: .milliseconds(50)) {
            let table = try String(contentsOfFile: file, encoding: .utf8)
            guard table.contains(word) else { throw Errno.connectionRefused }
        }
    }

    private static func accepts(_ port: UInt16) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    private static var teardown: [TeardownStep] {
        [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .milliseconds(500))]
    }
}

extension FilePath {
    /// Writes a file of the folder, which only its owner may read unless a mode says otherwise.
    package func write(_ text: String, to name: String, mode: Int = 0o600) throws {
        let path = appending(name).string
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }
}
