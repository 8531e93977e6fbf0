// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Campaigns
import Evidence
import Foundation
import PCIInventory
import SystemPackage
import Testing
import Vocabulary

/// What recorded virtual boards said of themselves becomes a lab that can be read.
@Suite struct LabEntryTests {
    private static let key = "SHA256:\(String(repeating: "A", count: 43))"

    private func entry(_ board: ProbedBoard, host: String = "board.example") throws -> LabEntry {
        LabEntry(
            name: try #require(BoardName("first")), host: host, port: 2222, user: "root",
            hostKey: Self.key, credential: .identity("keys/lab"), board: board)
    }

    private func lab(_ text: String) throws -> Board {
        try #require(try Lab(SourceText(file: "written", text: text)).boards.first)
    }

    @Test func `the frame of a GICv2m stands there with its interrupts`() throws {
        let text = try entry(try .recorded("virt-v2m")).text()
        let board = try lab(text)
        let base = PhysicalAddress(rawValue: 0x0802_0000)
        let spis = InterruptID(rawValue: 80)...InterruptID(rawValue: 143)
        #expect(
            board.doorbells == [DoorbellFrame(controller: .gicv2m, base: base, interrupts: spis)])
    }

    @Test func `an ITS stands there, and how the board is reached`() throws {
        let board = try lab(try entry(try .recorded("virt-its")).text())
        let base = PhysicalAddress(rawValue: 0x0808_0000)
        #expect(board.doorbells == [DoorbellFrame(controller: .its, base: base)])
        guard case .ssh(let machine) = board.reach else {
            Issue.record("it is of kind ssh")
            return
        }
        #expect(machine.host == "board.example" && machine.port == 2222 && machine.user == "root")
        #expect(machine.hostKey == .fingerprint(Self.key))
        #expect(machine.credential == .identity("keys/lab"))
    }

    @Test func `bridges and lifelines are protected, the others ring`() throws {
        let disk = try #require(PCIAddress("0000:00:05.0"))
        let probed = try ProbedBoard.recorded(
            "virt-its", lifelines: [disk: "the file system mounted on /"])
        let (ringing, protected) = try remarks(of: probed)
        #expect(
            ringing == [
                "0000:00:02.0 [1234:11e8]: edu", "0000:00:03.0 [1234:11e8]: edu",
                "0000:00:08.0 [1234:11e8]: edu", "0000:00:08.1 [1234:11e8]: edu",
                "0000:01:00.0 [8086:10d3], driver e1000e: e1000e",
                "0000:06:00.0 [1b36:0010], driver nvme: nvme",
            ])
        #expect(
            protected.contains(
                "0000:00:05.0 [1b36:0010], driver nvme carries the file system mounted on /"))
        #expect(protected.contains("0000:00:00.0 [1b36:0008] is a bridge"))
        #expect(protected.filter { $0.hasSuffix("pcieport is a bridge") }.count == 6)
    }

    @Test func `who shares a group with a lifeline is protected`() throws {
        let mirror = try ProbedBoard.mirror().replacing("iommu_group 3", with: "iommu_group 2")
        let disk = try #require(PCIAddress("0000:00:05.0"))
        let probed = try ProbedBoard.recorded(
            "virt-its", mirror: mirror, lifelines: [disk: "the file system mounted on /"])
        let (ringing, protected) = try remarks(of: probed)
        #expect(!ringing.contains { $0.hasPrefix("0000:06:00.0") })
        #expect(
            protected.contains(
                "0000:06:00.0 [1b36:0010], driver nvme is in IOMMU group 2 with 0000:00:05.0"))
    }

    /// What stands under the two headings.
    private func remarks(of board: ProbedBoard) throws -> (ringing: [String], protected: [String]) {
        let lines = try entry(board).text().split(separator: "\n").map(String.init)
        let first = try #require(lines.firstIndex(of: "  # can ring:"))
        let second = try #require(lines.firstIndex(of: "  # must not be touched:"))
        let end = try #require(lines.firstIndex { $0.hasPrefix("  - name") })
        let indent = "  #   ".count
        return (
            lines[(first + 1)..<second].map { String($0.dropFirst(indent)) },
            lines[(second + 1)..<end].map { String($0.dropFirst(indent)) }
        )
    }

    @Test(arguments: [
        "\n  - name: evil", "\u{85}x: y", "\u{2028}x", "\u{1b}[2J", "\r\nx", "#\u{7}",
    ])
    func `what a board says of itself cannot leave its comment`(words: String) throws {
        let probed = try ProbedBoard.recorded("virt-its", release: "6.1" + words)
        let text = try entry(probed).text()
        let scalars = text.unicodeScalars
        #expect(scalars.allSatisfy { (0x20...0x7e).contains($0.value) || $0 == "\n" })
        #expect(try Lab(SourceText(file: "written", text: text)).boards.count == 1)
    }

    @Test func `a host that no lab can have is refused`() throws {
        let entry = try entry(try .recorded("virt-its"), host: "a\"\nb: c")
        #expect(throws: LanguageError.self) { _ = try entry.text() }
    }

    @Test func `a board that tells nothing has no doorbells, and the examples are true`() throws {
        let silent = ProbedBoard(
            release: "", machine: "", pageSize: nil, evidence: BoardEvidence(texts: []),
            translators: [], groupTypes: [:], inventory: [], lifelines: [:])
        let text = try entry(silent).text()
        #expect(try lab(text).doorbells.isEmpty)
        // The bare entry, then two ways to write on.
        let parts = text.replacing("    # ", with: "    ").split(separator: "\n")
            .filter { !$0.contains("Neither firmware") }
            .split { $0.contains("take the '#' away") || $0.contains("Where there is no BMC") }
        try #require(parts.count == 3)
        let board = try lab((parts[0] + parts[1]).joined(separator: "\n") + "\n")
        guard case .ssh(let machine) = board.reach else { return }
        let access = IPMIAccess(
            host: "bmc.example", user: "admin", passwordFile: SecretFile("keys/bmc"))
        #expect(machine.power == .ipmi(access) && machine.console == .serialOverLAN(access))
        #expect(machine.boot?.method == .kexec)
        let other = try lab((parts[0] + parts[2]).joined(separator: "\n") + "\n")
        guard case .ssh(let plain) = other.reach else { return }
        #expect(plain.console == .tcp(NetworkAddress(host: "serial.example", port: 2001)))
        #expect(plain.power != nil)
        #expect(board.doorbells.count == 1)
    }

    @Test func `pages are told by the auxiliary vector and by the log`() throws {
        let vector: [UInt8] = [16, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
        let page: [UInt8] = [6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]
        #expect(AuxiliaryVector.pageSize(vector + page) == .kibibytes(64))
        #expect(AuxiliaryVector.pageSize(vector) == nil)
        #expect(AuxiliaryVector.pageSize(Array(page.prefix(11))) == nil)
        let log = "[    1.500000] arm-smmu e0a00000.smmu: \tSupported page sizes: 0x40201000\n"
        let probed = try ProbedBoard.recorded("virt-its", log: log)
        #expect(try entry(probed).text().contains("SMMU pages: 4KiB, 2MiB, 1GiB"))
    }
}

extension ProbedBoard {
    fileprivate static func text(_ file: String, of board: String) throws -> String {
        let path = RecordedRun.smokeOn61.path.appending("boards").appending(board).appending(file)
        return try String(contentsOfFile: path.string, encoding: .utf8)
    }

    /// The buses of a virtual board with bridges below bridges.
    fileprivate static func mirror() throws -> String {
        let path = repository.appending(path: "Tests/PCIInventoryTests/Fixtures/virt-its.mirror")
        return try String(contentsOfFile: path.string, encoding: .utf8)
    }

    /// A board of the recorded smoke run, with what a test changes of it.
    fileprivate static func recorded(
        _ board: String, release: String = "6.1.0-56-arm64", mirror: String? = nil,
        log: String? = nil, lifelines: [PCIAddress: String] = [:]
    ) throws -> ProbedBoard {
        let evidence = BoardEvidence(texts: [
            RawText(
                source: .deviceTree, file: "device-tree.txt",
                text: try text("device-tree.txt", of: board)),
            RawText(
                source: .bootLog, file: "boot-dmesg.txt",
                text: try log ?? text("boot-dmesg.txt", of: board)),
        ])
        return ProbedBoard(
            release: release, machine: "aarch64", pageSize: .kibibytes(4), evidence: evidence,
            translators: ["smmu3.0x0000000009050000"], groupTypes: ["0": "DMA"],
            inventory: try inventory(try mirror ?? Self.mirror()), lifelines: lifelines)
    }

    private static func inventory(_ mirror: String) throws -> [PCIDevice] {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "doorbell-probe-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer {
            // A leftover in the temporary folder harms nobody.
            try? FileManager.default.removeItem(at: folder)
        }
        try SysfsMirror(parsing: Array(mirror.utf8)).write(to: FilePath(folder.path))
        return try PCISnapshot.capture(from: .sysfs(FilePath(folder.path)))
    }
}
