// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage

/// Files and folders of the kernel cache, with errors that name the place.
enum Cabinet {
    static func makeFolder(_ path: FilePath) throws(BuildFailure) {
        try on(path) {
            try FileManager.default.createDirectory(
                atPath: path.string, withIntermediateDirectories: true)
        }
    }

    static func move(_ part: FilePath, to place: FilePath) throws(BuildFailure) {
        try on(place) {
            guard rename(part.string, place.string) == 0 else { throw Errno(rawValue: errno) }
        }
    }

    /// Writes a file so that others see all of it or nothing.
    static func write(_ bytes: [UInt8], to path: FilePath) throws(BuildFailure) {
        try makeFolder(path.removingLastComponent())
        let part = FilePath(path.string + ".part")
        try on(path) {
            let file = try FileDescriptor.open(
                part, .writeOnly, options: [.create, .truncate, .closeOnExec],
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
            _ = try file.closeAfter { try file.writeAll(bytes) }
        }
        try move(part, to: path)
    }

    static func bytes(_ path: FilePath) -> [UInt8]? {
        FileManager.default.contents(atPath: path.string).map { Array($0) }
    }

    static func writeJSON(_ value: some Encodable, to path: FilePath) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let bytes: [UInt8] = Array(try encoder.encode(value))
        try write(bytes, to: path)
    }

    static func read<Value: Decodable>(_ type: Value.Type, from path: FilePath) -> Value? {
        FileManager.default.contents(atPath: path.string)
            .flatMap { try? JSONDecoder().decode(type, from: $0) }
    }

    static func copy(_ source: FilePath, to place: FilePath) throws(BuildFailure) {
        try on(place) {
            try? FileManager.default.removeItem(atPath: place.string)
            try FileManager.default.copyItem(atPath: source.string, toPath: place.string)
        }
    }

    /// Puts a copy with the time of now in a file's place; a link to the source is left behind.
    static func replace(
        _ path: String, in tree: FilePath, by origin: FilePath
    ) throws(BuildFailure) {
        let (from, to) = (origin.pushing(FilePath(path)), tree.pushing(FilePath(path)))
        try makeFolder(to.removingLastComponent())
        try copy(from, to: to)
        try on(to) {
            guard utimensat(AT_FDCWD, to.string, nil, AT_SYMLINK_NOFOLLOW) == 0 else {
                throw Errno(rawValue: errno)
            }
        }
    }

    /// Says of which path an error speaks.
    static func on(_ path: FilePath, _ body: () throws -> Void) throws(BuildFailure) {
        do { try body() } catch {
            throw .noAccess(
                path: path.string,
                reason: (error as? Errno)?.description ?? error.localizedDescription)
        }
    }
}

/// Recognises in a tool's words that a disk is full.
package enum NoRoom {
    /// `strerror(ENOSPC)`, as every tool says it under LC_ALL=C, and that of a quota.
    package static func isSaid(in text: String) -> Bool {
        text.contains("No space left on device") || text.contains("Disk quota exceeded")
    }

    static func isMeant(by failure: ToolFailure) -> Bool {
        isSaid(in: String(decoding: failure.standardError, as: UTF8.self))
            || isSaid(in: String(decoding: failure.standardOutput.suffix(1 << 16), as: UTF8.self))
    }
}
