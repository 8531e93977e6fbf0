// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Runs a local program and returns what it wrote; its absence fails the test.
func output(of program: String, _ arguments: [String]) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = Array(pipe.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
        throw ToolFailure(program: program, status: process.terminationStatus)
    }
    return bytes
}

struct ToolFailure: Error {
    let program: String
    let status: Int32
}

/// Runs a local program and returns the lines that it wrote.
func lines(of program: String, _ arguments: [String]) throws -> [String] {
    var lines = String(decoding: try output(of: program, arguments), as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
}
