// SPDX-License-Identifier: GPL-3.0-or-later

import Crypto
import Foundation
import Scheduling
package import SystemPackage

/// Boards that have booted, kept as what QEMU would send to another host.
///
/// A board is kept under the hash of all that it comes from: QEMU, its arguments, kernel and initial
/// file system. A change of any of them asks for another name, so nothing old is ever used. Its
/// processors are stopped where its SSH server had just begun to listen.
package struct SnapshotShelf: Sendable {
    private let root: FilePath
    private let board: String
    private let identity: String

    /// How many boards are kept: each takes the memory that its kernel has touched.
    package static let limit = 8
    /// Raise it when what is kept must be kept anew although the board is the same.
    private static let version = 1
    private static let unfinished = ".part"
    /// After so many seconds nobody is at work any more on what is unfinished.
    private static let patience: TimeInterval = 600

    /// Finds the place of a board's snapshot.
    /// - Parameters:
    ///   - root: the folder of all snapshots.
    ///   - board: the board's name, for messages.
    ///   - arguments: QEMU's, without what differs from run to run.
    ///   - files: QEMU itself and what the board boots; their sizes and times stand for their content.
    package init(in root: FilePath, of board: String, arguments: [String], files: [FilePath]) {
        self.root = root
        self.board = board
        var hash = SHA256()
        for word in ["snapshot \(Self.version)"] + arguments + files.map(Self.mark) {
            // Lengths first: no two lists of words may look alike when joined.
            hash.update(data: Array("\(word.utf8.count) \(word)".utf8))
        }
        identity = hash.finalize().prefix(16).hexadecimal
    }

    /// Which file it is, without reading all of it.
    private static func mark(_ path: FilePath) -> String {
        var status = stat()
        guard stat(path.string, &status) == 0 else { return "no \(path)" }
        let time = "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
        return "\(path) \(status.st_size) \(time) \(status.st_ino)"
    }

    /// Finds the board's newest snapshot, and makes sure that it is whole.
    /// - Returns: nothing where the board was never kept.
    /// - Throws: `SnapshotLoss` where it was, but is damaged; it is gone then.
    package func find() async throws -> Snapshot? {
        guard let folder = folders().first(where: isOurs) else { return nil }
        let file = folder.appending("note.json")
        guard let text = FileManager.default.contents(atPath: file.string),
            let note = try? JSONDecoder().decode(Snapshot.Note.self, from: text)
        else {
            try? FileManager.default.removeItem(atPath: folder.string)
            throw SnapshotLoss.unusable(board: board, reason: "\(file) cannot be read")
        }
        let snapshot = Snapshot(folder: folder, note: note)
        guard (try? await FileHash.sha256(of: snapshot.memory)) == note.hash else {
            snapshot.discard()
            throw SnapshotLoss.unusable(
                board: board, reason: "\(snapshot.memory) is not what was kept")
        }
        return snapshot
    }

    /// Keeps a board that is ready.
    /// - Parameters:
    ///   - ready: what it said.
    ///   - save: writes its memory and devices into a file.
    /// - Throws: `SnapshotLoss` where QEMU refuses or the disk is full; else what `save` throws.
    package func keep(
        _ ready: BoardReady, save: (FilePath) async throws -> Void
    ) async throws {
        do {
            try await write(ready, save)
        } catch QMPError.refused(_, _, let reason) {
            throw SnapshotLoss.notKept(board: board, reason: reason)
        } catch let error where error is Errno || error is CocoaError {
            throw SnapshotLoss.notKept(board: board, reason: "\(root): \(error)")
        }
    }

    private func write(_ ready: BoardReady, _ save: (FilePath) async throws -> Void) async throws {
        let name = "\(identity).\(UUID().uuidString.prefix(8))"
        let part = root.appending(name + Self.unfinished)
        defer { try? FileManager.default.removeItem(atPath: part.string) }
        try FileManager.default.createDirectory(
            atPath: part.string, withIntermediateDirectories: true,
            // What a board has in its memory is nobody else's business.
            attributes: [.posixPermissions: 0o700])
        let memory = part.appending("memory")
        try await save(memory)
        let hash = try await FileHash.sha256(of: memory)
        let note = Snapshot.Note(ready: ready, date: Date(), hash: hash)
        try JSONEncoder().encode(note).write(to: URL(filePath: part.appending("note.json").string))
        let folder = root.appending(name)
        guard rename(part.string, folder.string) == 0 else { throw Errno(rawValue: errno) }
        sweep(beside: folder)
    }

    /// Removes older ones of this board, all but the newest of all boards, and what killed runs left.
    private func sweep(beside new: FilePath) {
        let others = folders().filter { $0 != new }
        let parts = entries().filter {
            $0.string.hasSuffix(Self.unfinished)
                && -Self.date($0).timeIntervalSinceNow > Self.patience
        }
        for folder in others.filter(isOurs) + others.dropFirst(Self.limit - 1) + parts {
            try? FileManager.default.removeItem(atPath: folder.string)
        }
    }

    private func isOurs(_ folder: FilePath) -> Bool {
        folder.lastComponent?.stem == identity
    }

    /// Those of all boards, the newest first.
    private func folders() -> [FilePath] {
        entries().filter { !$0.string.hasSuffix(Self.unfinished) }
            .map { ($0, Self.date($0)) }.sorted { $0.1 > $1.1 }.map(\.0)
    }

    private func entries() -> [FilePath] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.string)) ?? []
        return names.map { root.appending($0) }
    }

    private static func date(_ path: FilePath) -> Date {
        let facts = try? FileManager.default.attributesOfItem(atPath: path.string)
        return facts?[.modificationDate] as? Date ?? .distantPast
    }
}
