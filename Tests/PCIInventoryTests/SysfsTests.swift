// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import PCIInventory
import SystemPackage
import Testing
import Vocabulary

/// A tree in which files vanish while libpci reads: it must throw, and the process must live.
struct SysfsTests {
    /// Writes the recorded board and gives the folder of one of its functions.
    private func withBoard(
        _ body: (_ root: FilePath, _ function: FilePath) throws -> Void
    ) throws {
        try withTemporaryFolder { folder in
            let root = folder.appending("sys")
            try SysfsMirror(parsing: Fixture.bytes("microvm.mirror")).write(to: root)
            let devices = root.appending("bus").appending("pci").appending("devices")
            try body(root, devices.appending("0000:00:03.0"))
        }
    }

    private func libraryMessage(_ root: FilePath) -> String? {
        do {
            _ = try PCISnapshot.capture(from: .sysfs(root))
        } catch .libraryError(_, let message) {
            return message
        } catch {}
        return nil
    }

    @Test(arguments: ["vendor", "device", "class", "irq", "resource"])
    func aFunctionThatLostAFileIsAnError(name: String) throws {
        try withBoard { root, function in
            try FileManager.default.removeItem(atPath: function.appending(name).string)
            let message = try #require(libraryMessage(root))
            #expect(message.contains("0000:00:03.0/\(name)"))
        }
    }

    @Test func resourcesThatAreNotNumbersAreAnError() throws {
        try withBoard { root, function in
            _ = try write("what?\n".utf8, named: "resource", in: function)
            let message = try #require(libraryMessage(root))
            #expect(message.contains("Syntax error"))
        }
    }

    @Test func aFolderThatIsNoFunctionIsAnError() throws {
        try withBoard { root, function in
            let stranger = function.removingLastComponent().appending("stranger")
            try FileManager.default.createDirectory(
                atPath: stranger.string, withIntermediateDirectories: false)
            #expect(libraryMessage(root) != nil)
        }
    }

    @Test func anAddressThatCannotExistIsAnError() throws {
        try withBoard { root, function in
            let copy = function.removingLastComponent().appending("0000:00:3f.0")
            try FileManager.default.copyItem(
                atPath: URL(fileURLWithPath: function.string).resolvingSymlinksInPath().path,
                toPath: copy.string)
            #expect(throws: PCIInventoryError.self) {
                try PCISnapshot.capture(from: .sysfs(root))
            }
        }
    }

    @Test func errorsInTheMiddleOfManyThreadsStayWithTheirOwn() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try withBoard { root, function in
                        let whole = try PCISnapshot.capture(from: .sysfs(root))
                        #expect(whole.count == 6)
                        try FileManager.default.removeItem(
                            atPath: function.appending("vendor").string)
                        for _ in 0..<20 { #expect(libraryMessage(root) != nil) }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func configurationThatCannotBeReadIsNoError() throws {
        try withBoard { root, function in
            try FileManager.default.removeItem(atPath: function.appending("config").string)
            let devices = try PCISnapshot.capture(from: .sysfs(root))
            let blind = try #require(devices.first { $0.address.device == 3 })
            #expect(blind.configuration.bytes.isEmpty)
            #expect(blind.identity.vendor.id == PCIID(rawValue: 0x1af4))
            #expect(blind.capabilityList.notes == [.headerUnreadable])
        }
    }

    @Test func configurationOfAnyLengthIsKept() throws {
        try withBoard { root, function in
            let bytes = [UInt8](repeating: 7, count: 203)
            _ = try write(bytes, named: "config", in: function)
            let devices = try PCISnapshot.capture(from: .sysfs(root))
            #expect(devices.first { $0.address.device == 3 }?.configuration.bytes == bytes)
        }
    }

    @Test func aFolderThatIsNoSysfsIsTheUsersMistake() throws {
        try withTemporaryFolder { folder in
            let error = #expect(throws: PCIInventoryError.notSysfs(folder)) {
                try PCISnapshot.capture(from: .sysfs(folder))
            }
            #expect(error?.kind == .suite)
        }
    }
}
