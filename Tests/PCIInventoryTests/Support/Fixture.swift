// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage

/// The recorded files beside these tests.
enum Fixture {
    static func path(_ name: String) -> FilePath {
        FilePath(#filePath).removingLastComponent().removingLastComponent()
            .appending("Fixtures").appending(name)
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path(name).string)))
    }

    /// All recorded dumps.
    static func dumps() throws -> [FilePath] {
        try FileManager.default.contentsOfDirectory(atPath: path("").string)
            .filter { $0.hasSuffix(".dump") }.sorted().map(path)
    }
}

/// A folder that lives as long as the closure.
func withTemporaryFolder<Value>(_ body: (FilePath) throws -> Value) throws -> Value {
    let folder = FilePath(NSTemporaryDirectory()).appending("pci-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
        atPath: folder.string, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder.string) }
    return try body(folder)
}

/// Writes a file into a folder and returns where it is.
func write(_ text: some Sequence<UInt8>, named name: String, in folder: FilePath) throws -> FilePath
{
    let path = folder.appending(name)
    try Data(text).write(to: URL(fileURLWithPath: path.string))
    return path
}
