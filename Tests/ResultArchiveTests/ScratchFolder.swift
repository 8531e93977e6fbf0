// SPDX-License-Identifier: GPL-3.0-or-later

import FoundationEssentials
import SystemPackage

/// A folder of its own for one test, removed afterwards.
func withScratchFolder<Result>(_ body: (FilePath) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(
        path: "doorbell-archive-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer {
        // A left-over folder in the temporary directory does no harm.
        try? FileManager.default.removeItem(at: folder)
    }
    return try body(FilePath(folder.path))
}

func text(of path: FilePath) throws -> String {
    try String(contentsOf: URL(filePath: path.string), encoding: .utf8)
}

/// Makes a file of a name lead to a device on which there is never any space.
func fill(_ path: FilePath) throws {
    try FileManager.default.createSymbolicLink(
        atPath: path.string, withDestinationPath: "/dev/full")
}

func exists(_ path: FilePath) -> Bool { FileManager.default.fileExists(atPath: path.string) }
