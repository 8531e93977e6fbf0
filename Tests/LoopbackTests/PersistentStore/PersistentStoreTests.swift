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
                    kept[record.file.evidenceName] = record.evidence.text
                }
                #expect(records.map(\.file.name) == ["console-ramoops-0", "dmesg-ramoops-0"])
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

        /// An index is given again as soon as its record is gone: only the bytes tell them apart.
        @Test func whatLayThereBeforeIsNobodysFault() async throws {
            try await withStore { folder, store in
                try folder.write("earlier\n", to: "dmesg-ramoops-0")
                try folder.write("earlier too\n", to: "dmesg-ramoops-1")
                let earlier = try await store.files(deadline: soon)
                try folder.write(Self.panic, to: "dmesg-ramoops-1")
                let records = try await store.collect(since: earlier, deadline: soon) { _ in }
                #expect(records.map(\.file.name) == ["dmesg-ramoops-1"])
                let left = try names(folder)
                #expect(left == ["dmesg-ramoops-0"])
            }
        }

        @Test func whatSystemdHasTakenOutOfTheStoreIsReadAndLeftToIt() async throws {
            try await withStore { folder, store in
                try folder.write("not empty\n", to: "pmsg-ramoops-0")
                let keeper = folder.removingLastComponent().appending("keeper")
                let earlier = try await store.files(deadline: soon)
                try keeper.write(Self.panic, to: "1700000000/dmesg-efi-3")
                try keeper.write(Self.panic, to: "a name with spaces")
                let records = try await store.collect(since: earlier, deadline: soon) { _ in }
                let files = records.map(\.file.evidenceName)
                #expect(files == ["pstore.systemd.1700000000.dmesg-efi-3.txt"])
                #expect(records.first?.troubles.map(\.kind) == [.panic])
                let left = try names(keeper.appending("1700000000"))
                #expect(left == ["dmesg-efi-3"])
            }
        }

        /// A console that was kept begins with the boot of the kernel that died.
        @Test func aBootInARecordIsNoUnexpectedOne() {
            let boot = "[    0.000000] Booting Linux on physical CPU 0x0000000000\n" + Self.panic
            let troubles = TroubleScanner.troubles(inRecord: boot.utf8)
            #expect(troubles.map(\.kind) == [.panic])
        }

        @Test func aBoardWithoutAStoreHasNothingToTell() async throws {
            try await withLoopback { connection in
                let store = PersistentStore(
                    over: connection, folder: "/sys/fs/no-such-store", keeper: "/no-such-keeper")
                let files = try await store.files(deadline: soon)
                #expect(files == [])
            }
        }

        private func withStore(
            _ body: @escaping @Sendable (FilePath, PersistentStore) async throws -> Void
        ) async throws {
            try await LoopbackService.withFolder { folder in
                let (inner, keeper) = (folder.appending("store"), folder.appending("keeper"))
                for path in [inner, keeper.appending("1700000000")] {
                    try FileManager.default.createDirectory(
                        atPath: path.string, withIntermediateDirectories: true)
                }
                try await withLoopback { connection in
                    let store = PersistentStore(
                        over: connection, folder: RemotePath(inner.string),
                        keeper: RemotePath(keeper.string))
                    try await body(inner, store)
                }
            }
        }

        private func names(_ folder: FilePath) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: folder.string).sorted()
        }

        private struct Full: Error {}
    }
}
