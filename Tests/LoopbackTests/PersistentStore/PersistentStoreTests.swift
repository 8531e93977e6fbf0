// SPDX-License-Identifier: GPL-3.0-or-later

import BenchServices
import Boards
import Evidence
import Foundation
import Scheduling
import SecureShell
import SystemPackage
import Testing

extension LoopbackStories {
    /// Over a real SSH server; a folder stands for the store, since only a dead kernel fills one.
    @Suite struct PersistentStoreTests {
        private static let panic = """
            Panic#1 Part1
            <6>[   12.000000] vfio-pci 0000:00:02.0: enabling device (0000 -> 0002)
            <0>[   12.345678] Kernel panic - not syncing: sysrq triggered crash

            """

        @Test func recordsAreArchivedClassifiedAndThenRemoved() async throws {
            try await withStore { folder, store in
                try folder.write(Self.panic, to: "dmesg-ramoops-0")
                try folder.write("quiet\n", to: "console-ramoops-0")
                var kept: [String: String] = [:]
                let records = try await store.collect(deadline: soon) { record in
                    kept[record.evidence.file] = record.evidence.text
                }
                #expect(records.map(\.name) == ["console-ramoops-0", "dmesg-ramoops-0"])
                #expect(kept["pstore.dmesg-ramoops-0.txt"] == Self.panic)
                #expect(records[0].troubles == [])
                #expect(records[1].troubles.map(\.kind) == [.panic])
                let left = try names(folder)
                #expect(left == [])
            }
        }

        @Test func whatCouldNotBeArchivedStaysOnTheBoard() async throws {
            try await withStore { folder, store in
                try folder.write(Self.panic, to: "dmesg-efi-1")
                await #expect(throws: Full.self) {
                    _ = try await store.collect(deadline: soon) { _ in throw Full() }
                }
                let packed = folder.appending("dmesg-efi-2.enc.z")
                try Data([0x78, 0x9c, 0xff, 0xfe]).write(to: URL(filePath: packed.string))
                _ = try await store.collect(deadline: soon) { _ in }
                let left = try names(folder)
                #expect(left == ["dmesg-efi-2.enc.z"])
            }
        }

        @Test func aBoardWithoutAStoreHasNothingToTell() async throws {
            try await withLoopback { connection in
                let store = PersistentStore(over: connection, folder: "/sys/fs/no-such-store")
                let records = try await store.read(deadline: soon)
                #expect(records == [])
            }
        }

        private func withStore(
            _ body: @escaping @Sendable (FilePath, PersistentStore) async throws -> Void
        ) async throws {
            try await LoopbackService.withFolder { folder in
                try await withLoopback { connection in
                    let store = PersistentStore(
                        over: connection, folder: RemotePath(folder.string))
                    try await body(folder, store)
                }
            }
        }

        private func names(_ folder: FilePath) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: folder.string).sorted()
        }

        private struct Full: Error {}
    }
}
