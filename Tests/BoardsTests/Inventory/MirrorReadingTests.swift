// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Foundation
import PCIInventory
import SecureShell
import SystemPackage
import Testing
import Vocabulary

/// The mirror of a board that was read through its files, beside the one that its shell printed.
@Suite struct MirrorReadingTests {
    @Test func filesTellTheSameAsTheProgram() async throws {
        let printed = try SysfsMirror(parsing: [UInt8](Data(contentsOf: fixture)))
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "doorbell-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try printed.write(to: FilePath(folder.path))
        let read = try await RemoteInventory.read(through: LocalSysfs(root: folder.path))
        #expect(
            Set(try SysfsMirror(parsing: Array(read.mirror.utf8)).functions)
                == Set(printed.functions))
        #expect(read.devices == (try PCISnapshot.capture(from: .sysfs(FilePath(folder.path)))))
    }

    private var fixture: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../PCIInventoryTests/Fixtures/virt-its.mirror").standardized
    }
}

/// A folder of this machine that stands for a board's `/sys`.
private struct LocalSysfs: BoardFiles {
    let root: String

    private func local(_ path: RemotePath) -> String {
        root + path.description.dropFirst("/sys".count)
    }

    private func absent(_ path: RemotePath) -> BoardFileError {
        BoardFileError(path: path, action: "read", errno: .noEntry)
    }

    func contents(of path: RemotePath, limit: ByteCount) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: local(path)) else {
            throw absent(path)
        }
        return [UInt8](data)
    }

    func entries(of path: RemotePath) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: local(path)).sorted()
    }

    func target(ofLink path: RemotePath) throws -> String {
        do {
            return try FileManager.default.destinationOfSymbolicLink(atPath: local(path))
        } catch {
            throw absent(path)
        }
    }

    func write(_ text: String, to path: RemotePath) throws { throw absent(path) }
    func create(_ path: RemotePath, holding text: String) throws { throw absent(path) }
    func remove(_ path: RemotePath) throws { throw absent(path) }
    func makeDirectory(_ path: RemotePath) throws { throw absent(path) }
}
