// SPDX-License-Identifier: GPL-3.0-or-later

import CDisk
import Glibc
import SystemPackage

/// The few calls on files that the archive makes, each with a typed error that names the path.
enum Disk {
    /// Runs calls on one path, and says which and what for when they fail.
    static func on<Result>(
        _ path: FilePath, to action: String, _ body: () throws -> Result
    ) throws(ArchiveError) -> Result {
        do {
            return try body()
        } catch let error as ArchiveError {
            throw error
        } catch let errno as Errno {
            throw ArchiveError(errno, path: path, action: action)
        } catch {
            throw .damaged(path: path.string, cause: "\(error)")
        }
    }

    /// Makes a folder; an existing one is an error.
    static func makeFolder(_ path: FilePath) throws(ArchiveError) {
        try on(path, to: "be created") { try check(mkdir(path.string, 0o777)) }
    }

    /// Makes a folder and those above it, where they are missing.
    static func makeFolders(_ path: FilePath) throws(ArchiveError) {
        guard !path.isEmpty, !exists(path) else { return }
        try makeFolders(path.removingLastComponent())
        do { try makeFolder(path) } catch {
            // Another run may have made it in the meantime.
            guard case .refused(_, _, .fileExists) = error else { throw error }
        }
    }

    static func exists(_ path: FilePath) -> Bool { access(path.string, F_OK) == 0 }

    /// Reads a file as a whole.
    static func contents(of path: FilePath) throws(ArchiveError) -> [UInt8] {
        try on(path, to: "be read") {
            let descriptor = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            return try descriptor.closeAfter { try contents(of: descriptor) }
        }
    }

    static func contents(of descriptor: FileDescriptor) throws -> [UInt8] {
        var contents: [UInt8] = []
        while case let piece = try piece(of: descriptor), !piece.isEmpty { contents += piece }
        return contents
    }

    /// Reads the next 64 KiB or less; nothing at the end of the file.
    static func piece(of descriptor: FileDescriptor) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
            count = try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
    }

    /// Lists the names in a folder, sorted, without `.` and `..`.
    static func names(in folder: FilePath) throws(ArchiveError) -> [String] {
        try on(folder, to: "be listed") {
            guard let stream = opendir(folder.string) else { throw Errno(rawValue: errno) }
            defer { closedir(stream) }
            var names: [String] = []
            while let entry = readdir(stream) {
                names.append(name(of: entry))
            }
            return names.filter { $0 != "." && $0 != ".." }.sorted()
        }
    }

    private static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
        withUnsafeBytes(of: entry.pointee.d_name) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    /// Waits until what was written to a file lies on the device.
    static func sync(_ descriptor: FileDescriptor) throws {
        try check(fsync(descriptor.rawValue))
    }

    /// Waits until the names in a folder lie on the device.
    static func syncFolder(_ path: FilePath) throws(ArchiveError) {
        try on(path, to: "be flushed") {
            let descriptor = try FileDescriptor.open(
                path, .readOnly, options: [.closeOnExec, .directory])
            try descriptor.closeAfter { try sync(descriptor) }
        }
    }

    /// Waits until everything in the file system that holds a folder lies on the device.
    static func syncFileSystem(of folder: FilePath) throws(ArchiveError) {
        try on(folder, to: "be flushed") {
            let descriptor = try FileDescriptor.open(
                folder, .readOnly, options: [.closeOnExec, .directory])
            try descriptor.closeAfter { try check(doorbell_syncfs(descriptor.rawValue)) }
        }
    }

    static func rename(_ old: FilePath, to new: FilePath) throws(ArchiveError) {
        try on(new, to: "be put in place") { try check(Glibc.rename(old.string, new.string)) }
    }

    /// Takes the lock of a file for as long as it is open; false when somebody else has it.
    static func lock(_ descriptor: FileDescriptor, exclusively: Bool) throws -> Bool {
        let mode = exclusively ? LOCK_EX : LOCK_SH | LOCK_NB
        guard flock(descriptor.rawValue, mode) != 0 else { return true }
        let failure = Errno(rawValue: errno)
        guard failure == .wouldBlock else { throw failure }
        return false
    }

    private static func check(_ result: CInt) throws {
        guard result != 0 else { return }
        throw Errno(rawValue: errno)
    }
}
