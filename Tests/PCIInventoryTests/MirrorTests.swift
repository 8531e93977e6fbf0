// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import PCIInventory
import SystemPackage
import Testing
import Vocabulary

/// A board's sysfs, read by a shell there and laid out here.
struct MirrorTests {
    private static let shells = [["sh"], ["bash", "--posix"], ["busybox", "sh"]]

    private func mirror(of root: FilePath, by shell: [String] = ["sh"]) throws -> SysfsMirror {
        let bytes = try output(
            of: shell[0], shell.dropFirst() + ["-c", SysfsMirror.program, "sh", root.string])
        return try SysfsMirror(parsing: bytes)
    }

    @Test(arguments: shells)
    func thisMachineMirroredGivesTheSameAnswerAsItself(shell: [String]) throws {
        let live = try PCISnapshot.capture(from: .thisMachine)
        try withTemporaryFolder { folder in
            try mirror(of: "/sys", by: shell).write(to: folder)
            #expect(try PCISnapshot.capture(from: .sysfs(folder)) == live)
        }
    }

    @Test(arguments: shells)
    func aMirrorOfAMirrorIsTheMirror(shell: [String]) throws {
        let first = try SysfsMirror(parsing: Fixture.bytes("virt-its.mirror"))
        try withTemporaryFolder { folder in
            try first.write(to: folder)
            let second = try mirror(of: folder, by: shell)
            #expect(Set(second.functions) == Set(first.functions))
        }
    }

    @Test func busyboxTellsTheSameAsOtherShells() throws {
        let all = try Self.shells.map { try mirror(of: "/sys", by: $0) }
        #expect(all.allSatisfy { Set($0.functions) == Set(all[0].functions) })
    }

    @Test(arguments: ["microvm", "virt-its"])
    func aMirrorAndADumpOfOneBoardAgree(board: String) throws {
        let dumped = try PCISnapshot.capture(from: .dump(Fixture.path("\(board).dump")))
        try withTemporaryFolder { folder in
            try SysfsMirror(parsing: Fixture.bytes("\(board).mirror")).write(to: folder)
            let mirrored = try PCISnapshot.capture(from: .sysfs(folder))
            #expect(mirrored.map(\.address) == dumped.map(\.address))
            #expect(mirrored.map(\.identity) == dumped.map(\.identity))
            #expect(mirrored.map(\.classCode) == dumped.map(\.classCode))
            #expect(mirrored.map(\.revision) == dumped.map(\.revision))
            #expect(mirrored.map(\.configuration) == dumped.map(\.configuration))
            #expect(mirrored.map(\.parent) == dumped.map(\.parent))
            #expect(
                mirrored.map { $0.regions.map(\.address) }
                    == dumped.map { $0.regions.map(\.address) })
            #expect(
                mirrored.map { $0.regions.map(\.kind) } == dumped.map { $0.regions.map(\.kind) })
        }
    }

    @Test func driverGroupNodeAndParentComeThrough() throws {
        try withTemporaryFolder { folder in
            let text = String(decoding: try Fixture.bytes("virt-its.mirror"), as: UTF8.self)
                .replacing("numa_node -1", with: "numa_node 1")
            try SysfsMirror(parsing: Array(text.utf8)).write(to: folder)
            let devices = try PCISnapshot.capture(from: .sysfs(folder))
            let below = try #require(devices.first { $0.address.bus == 1 })
            #expect(below.driver == "e1000e")
            #expect(below.iommuGroup == "0")
            #expect(below.numaNode == 1)
            #expect(below.parent == PCIAddress("0000:00:01.0"))
            #expect(below.regions.map(\.index) == [0, 1, 2, 3])
            #expect(below.regions.first?.size == .kibibytes(128))
        }
    }

    @Test func nothingButTheEndMayBeMissing() throws {
        let whole = try Fixture.bytes("virt-its.mirror")
        let cuts = Array(0..<1500) + stride(from: 1500, to: whole.count, by: 3001)
        for cut in cuts + [whole.count - 1] {
            #expect(throws: SysfsMirrorError.self) {
                try SysfsMirror(parsing: Array(whole[..<cut]))
            }
        }
    }

    @Test(arguments: [
        "path ../../etc/0000:00:01.0", "path /0000:00:01.0", "path pci0000:00//0000:00:01.0",
        "path pci0000:00/0000:00:02.0", "path", "driver ..", "driver a/b", "driver ", "driver .",
        "iommu_group ../x", "vendor 8086", "vendor 0x", "vendor 0xzz", "irq many", "numa_node 0x1",
        "resource 0x0 0x0", "resource 0x0 0x0 0x0 0x0", "resource  0x0 0x0", "surprise 1",
        "config 12", "function 0000:00:01.0", "end 0000:00:01.0", "done 0", "Warning: motd", "",
    ])
    func aLineThatOurProgramCannotWriteIsNamed(line: String) {
        let text = "doorbell-sysfs-mirror 1\nfunction 0000:00:01.0\n\(line)\n"
        #expect(throws: SysfsMirrorError.badLine(number: 3, text: line)) {
            try SysfsMirror(parsing: Array(text.utf8))
        }
    }

    @Test func anErrorDoesNotSpeakToTheTerminal() {
        let text = "doorbell-sysfs-mirror 1\n\u{1b}[2Jdriver\t\u{e4}\n"
        #expect(
            throws: SysfsMirrorError.badLine(
                number: 2, text: #"\x1b[2Jdriver\x09\xc3\xa4"#)
        ) {
            try SysfsMirror(parsing: Array(text.utf8))
        }
    }

    @Test(arguments: ["vendor", "device", "class", "irq", "path", "resource"])
    func aFunctionWithoutWhatTheLibraryNeedsIsRefused(name: String) throws {
        let text = String(decoding: try Fixture.bytes("virt-its.mirror"), as: UTF8.self)
        let kept = text.split(separator: "\n").filter { !$0.hasPrefix(name + " ") }
        let address = try #require(PCIAddress("0000:00:00.0"))
        #expect(throws: SysfsMirrorError.missingFile(address, name)) {
            try SysfsMirror(parsing: Array((kept.joined(separator: "\n") + "\n").utf8))
        }
    }

    @Test func moreThanAConfigurationSpaceIsRefused() {
        let row = "00" + String(repeating: " 00", count: 15) + "\n"
        let text =
            "doorbell-sysfs-mirror 1\nfunction 0000:00:01.0\nconfig\n"
            + String(repeating: row, count: 257)
        #expect(throws: SysfsMirrorError.self) { try SysfsMirror(parsing: Array(text.utf8)) }
    }

    @Test func garbageIsRefused() {
        var random = SplitMix(seed: 3)
        for _ in 0..<500 {
            let size = Int.random(in: 0...300, using: &random)
            let noise = (0..<size).map { _ in UInt8.random(in: 0...255, using: &random) }
            #expect(throws: SysfsMirrorError.self) { try SysfsMirror(parsing: noise) }
        }
    }

    @Test func aMirrorIsNotWrittenOverAnother() throws {
        let mirror = try SysfsMirror(parsing: Fixture.bytes("virt-its.mirror"))
        try withTemporaryFolder { folder in
            try mirror.write(to: folder)
            #expect(throws: SysfsMirrorError.self) { try mirror.write(to: folder) }
        }
    }

    @Test func aFolderThatCannotBeWrittenIsTold() throws {
        let mirror = try SysfsMirror(parsing: Fixture.bytes("virt-its.mirror"))
        let error = #expect(throws: SysfsMirrorError.self) {
            try mirror.write(to: "/proc/self/nowhere")
        }
        #expect(error?.kind == .bench)
    }
}
