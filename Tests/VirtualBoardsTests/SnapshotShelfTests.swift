// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import Testing
import VirtualBoards
import Vocabulary

@Suite("The shelf of snapshots")
struct SnapshotShelfTests {
    private static let memory: [UInt8] = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 / 3) }

    /// A shelf of its own, and a kernel that can be changed.
    private func withShelf(
        _ body: (_ root: FilePath, _ kernel: FilePath) async throws -> Void
    ) async throws {
        let base = FilePath("/tmp/doorbell-shelf-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(
            atPath: base.string, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: base.string) }
        try write(Array("kernel".utf8), to: base.appending("kernel"))
        try await body(base.appending("snapshots"), base.appending("kernel"))
    }

    private func write(_ bytes: [UInt8], to path: FilePath) throws {
        try Data(bytes).write(to: URL(filePath: path.string))
    }

    private func shelf(
        _ root: FilePath, _ kernel: FilePath, arguments: [String] = ["-m", "1024M"]
    ) -> SnapshotShelf {
        SnapshotShelf(in: root, of: "b", arguments: arguments, files: [kernel])
    }

    private func ready(_ boot: String = "boot-1") throws -> BoardReady {
        let text = "\(InitScript.readyMarker) boot=\(boot) kernel=6.1"
        let line = ConsoleLine(number: 0, sincePowerOn: .seconds(3), date: Date(), text: text)
        return try #require(BoardReady(line))
    }

    private func keep(_ shelf: SnapshotShelf, _ boot: String = "boot-1") async throws {
        try await shelf.keep(try ready(boot)) { try write(Self.memory, to: $0) }
    }

    @Test("gives back what was kept, to the same board only")
    func identity() async throws {
        try await withShelf { root, kernel in
            let shelf = shelf(root, kernel)
            #expect(try await shelf.find() == nil)
            try await keep(shelf)
            let found = try #require(try await shelf.find())
            #expect(try found.ready == ready())
            #expect(FileManager.default.contents(atPath: found.memory.string) == Data(Self.memory))
            #expect(try await self.shelf(root, kernel, arguments: ["-m", "2048M"]).find() == nil)
            // A word more or less, with the same letters.
            #expect(try await self.shelf(root, kernel, arguments: ["-m1024M"]).find() == nil)
            try await keep(shelf, "boot-2")
            #expect(try await shelf.find()?.ready.bootID == "boot-2")
            #expect(try FileManager.default.contentsOfDirectory(atPath: root.string).count == 1)
            // Compiled anew to the same size.
            try write(Array("KERNEL".utf8), to: kernel)
            #expect(try await self.shelf(root, kernel).find() == nil)
        }
    }

    /// What happens to a snapshot on its disk.
    enum Damage: CaseIterable {
        case bitFlipped, cut, memoryGone, noteGone, noteGarbled
    }

    @Test("says what is damaged, throws it away, and keeps the next", arguments: Damage.allCases)
    func damaged(damage: Damage) async throws {
        try await withShelf { root, kernel in
            let shelf = shelf(root, kernel)
            try await keep(shelf)
            let memory = try #require(try await shelf.find()).memory
            let note = memory.removingLastComponent().appending("note.json")
            switch damage {
            case .bitFlipped:
                var bytes = Self.memory
                bytes[Int.random(in: bytes.indices)] ^= 1
                try write(bytes, to: memory)
            case .cut: try write(Array(Self.memory.dropLast()), to: memory)
            case .memoryGone: try FileManager.default.removeItem(atPath: memory.string)
            case .noteGone: try FileManager.default.removeItem(atPath: note.string)
            case .noteGarbled: try write(Array("{".utf8), to: note)
            }
            let loss = await #expect(throws: SnapshotLoss.self) { try await shelf.find() }
            let isNote = [.noteGone, .noteGarbled].contains(damage)
            #expect(loss?.account.cause.contains("\(isNote ? note : memory)") == true)
            #expect(try await shelf.find() == nil)
            try await keep(shelf)
            #expect(try await shelf.find() != nil)
        }
    }

    @Test("keeps the newest, and not what a killed run has left")
    func bounded() async throws {
        try await withShelf { root, kernel in
            func place(_ number: Int) -> SnapshotShelf {
                shelf(root, kernel, arguments: ["\(number)"])
            }
            try await keep(place(0))
            let first = try #require(try await place(0).find()).memory.removingLastComponent()
            let left = root.appending("killed.part")
            try FileManager.default.createDirectory(
                atPath: left.string, withIntermediateDirectories: false)
            for path in [first, left] {
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSinceNow: -3600)],
                    ofItemAtPath: path.string)
            }
            for number in 1...SnapshotShelf.limit { try await keep(place(number)) }
            let names = try FileManager.default.contentsOfDirectory(atPath: root.string)
            #expect(names.count == SnapshotShelf.limit)
            #expect(try await place(0).find() == nil)
            for number in 1...SnapshotShelf.limit { #expect(try await place(number).find() != nil) }
        }
    }

    @Test("tells why a board was not kept, and leaves nothing half done")
    func refusal() async throws {
        try await withShelf { root, kernel in
            let shelf = shelf(root, kernel)
            let loss = await #expect(throws: SnapshotLoss.self) {
                try await shelf.keep(try ready()) { path in
                    try write([1], to: path)
                    throw QMPError.refused(
                        command: "migrate", class: "GenericError", description: "State blocked")
                }
            }
            #expect(loss == .notKept(board: "b", reason: "State blocked"))
            let names = try FileManager.default.contentsOfDirectory(atPath: root.string)
            #expect(names.isEmpty)
            #expect(try await shelf.find() == nil)
        }
    }
}
