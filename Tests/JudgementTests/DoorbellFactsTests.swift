// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Foundation
import Judgement
import ReferenceModel
import Testing
import Vocabulary

/// From firmware's tables to who serves whom.
@Suite struct DoorbellFactsTests {
    private func text(
        _ source: RawText.Source, _ folder: String, _ name: String
    ) throws -> RawText {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(components: "EvidenceTests", "Fixtures", folder, name)
        return RawText(
            source: source, file: name, text: try String(contentsOf: file, encoding: .utf8))
    }

    /// The facts of a board that boots like the recorded one, with another firmware and log.
    private func facts(
        _ firmware: [RawText], log: String = "", devices: [String]
    ) throws -> BoardFacts {
        let log = RawText(source: .bootLog, file: "log", text: log)
        let board = try text(.boardFacts, "virt-its-6.1", "board-facts.txt")
        var groups: [PCIAddress: GroupEvidence] = [:]
        for name in devices {
            let device = try device(name)
            var group = GroupEvidence()
            group.members = [device]
            groups[device] = group
        }
        return try BoardFacts(BoardEvidence(texts: firmware + [log, board]), groups: groups)
    }

    private func device(_ name: String) throws -> PCIAddress { try #require(PCIAddress(name)) }

    @Test func framesAreOneControllerInTheTreesOrder() throws {
        let names = ["0000:00:02.0", "0001:00:02.0"]
        let facts = try facts(
            [try text(.deviceTree, "made", "frames.txt")],
            log: """
                [    0.000000] GICv2m: range[mem 0xe1181000-0xe1181fff], SPI[64:95]
                [    0.000000] GICv2m: range[mem 0xe1180000-0xe1180fff], SPI[96:159]

                """, devices: names)
        let controller = try #require(facts.topology.controllers.first)
        #expect(facts.topology.controllers.count == 1)
        #expect(controller.doorbells.map(\.base.rawValue) == [0xe118_1000, 0xe118_0000])
        // The parents of one bridge name the frame whose domain it is, those of the other do not.
        #expect(facts.controller(of: try device(names[0])) == controller)
        #expect(facts.controller(of: try device(names[1])) == nil)
        #expect(facts.smmu(of: try device(names[1])) == nil)
        let smmu = try #require(facts.smmu(of: try device(names[0])))
        #expect(smmu.architecture == .version1Or2 && smmu.base.rawValue == 0xe0a0_0000)
        // The board's name says that its frames count from their first interrupt.
        let context = facts.context(of: try device(names[0]), vector: VectorIndex(rawValue: 0))
        #expect(controller.doorbells[1].data(for: context).allows(0))
        #expect(!controller.doorbells[1].data(for: context).allows(96))
    }

    @Test func servicesAndWindowsAreTheDevicesOwn() throws {
        let names = [
            "0002:00:02.0", "0002:00:02.3", "0002:02:00.0", "0002:03:00.0", "0000:00:01.0",
        ]
        let facts = try facts([try text(.deviceTree, "made", "services.txt")], devices: names)
        let all = try names.map(device)
        #expect(facts.topology.controllers.map(\.isIsolated) == [false, true, false])
        #expect(
            all.prefix(4).map { facts.deviceID(of: $0).rawValue } == [
                0x1_0010, 0x1_0010, 0x120, 0x300,
            ])
        #expect(facts.sharers(of: all[0]) == [all[1]])
        #expect(facts.doorbell(of: all[0])?.base.rawValue == 0x3002_0000)
        #expect(facts.doorbell(of: all[3])?.base.rawValue == 0x3002_0000)
        let window = try #require(facts.doorbell(of: all[2]))
        let context = facts.context(of: all[2], vector: VectorIndex(rawValue: 0))
        #expect(window.register(for: context)?.rawValue == 0x5800_0480)
        #expect(facts.doorbellPages.contains(PhysicalAddress(rawValue: 0x5800_0000)))
        // Two bridges may be meant: they disagree on the service and agree on the SMMU.
        #expect(facts.controller(of: all[4]) == nil)
        #expect(facts.topology.streams[all[4]]?.stream == 8)
        #expect(facts.smmu(of: all[4]) == facts.smmu(of: all[0]))
        #expect(facts.smmu(of: all[2]) != facts.smmu(of: all[0]))
        #expect(facts.topology.streams[all[2]]?.stream == 0x100)
    }

    @Test func whatTheKernelDidNotSetUpIsNoController() throws {
        let facts = try facts(
            [try text(.deviceTree, "made", "services.txt")],
            log: "[    0.000000] ITS [mem 0x30020000-0x3003ffff]\n", devices: ["0002:00:02.0"])
        #expect(facts.doorbells.map(\.base.rawValue) == [0x3002_0000, 0x3004_0000])
    }

    @Test func theLogAloneTellsOfMessageBasedInterrupts() throws {
        let facts = try facts(
            [],
            log: """
                [    0.000000] GICv3: MBI range [256:287]
                [    0.000000] GICv3: Using MBI frame 0x0000000010040000

                """, devices: ["0000:00:02.0"])
        let spis = InterruptID(rawValue: 256)...InterruptID(rawValue: 287)
        #expect(facts.doorbells.map(\.kind) == [.mbi(ranges: [spis])])
        #expect(facts.doorbells.first?.register?.rawValue == 0x1004_0040)
    }

    @Test func tablesOfACPIAreJoinedByTheServicesIdentifier() throws {
        let names = ["0000:00:02.0", "0000:01:00.0"]
        let facts = try facts(
            [
                try text(.interruptControllers, "virt-acpi", "its-madt.txt"),
                try text(.ioRemapping, "virt-acpi", "its-iort.txt"),
            ], devices: names)
        let all = try names.map(device)
        #expect(facts.doorbell(of: all[0])?.register?.rawValue == 0x0809_0040)
        #expect(facts.smmu(of: all[0])?.base.rawValue == 0x0905_0000)
        #expect(facts.smmu(of: all[0])?.architecture == .version3)
        #expect(facts.smmu(of: all[1]) == nil)
        #expect(facts.deviceID(of: all[1]) == DeviceID(rawValue: 0x100))
    }

    @Test func framesOfACPIServeEveryone() throws {
        let device = try device("0000:00:02.0")
        let facts = try facts(
            [
                try text(.interruptControllers, "virt-acpi", "v2m-madt.txt")
            ], devices: ["0000:00:02.0"])
        #expect(facts.doorbell(of: device)?.register?.rawValue == 0x0802_0040)
        #expect(facts.topology.routes[device] != nil)
    }

    @Test func aServiceThatNoTableDescribesServesNobody() throws {
        let device = try device("0000:00:02.0")
        let facts = try facts(
            [
                try text(.interruptControllers, "virt-acpi", "its-madt.txt"),
                try text(.ioRemapping, "made", "two-sockets.txt"),
            ], devices: ["0000:00:02.0"])
        // Its group is service 1, and the board has service 0 alone.
        #expect(facts.topology.routes[device] != nil && facts.controller(of: device) == nil)
    }

    @Test(arguments: RecordedBoard.allCases)
    func theRecordedBoardsAreAsBefore(_ board: RecordedBoard) throws {
        let name = try device("0000:01:00.0")
        let facts = try BoardFacts(try board.board(), groups: [name: GroupEvidence()])
        #expect(facts.doorbells.count == 1)
        #expect(
            facts.doorbellPages.map(\.rawValue) == [board.isITS ? 0x0809_0000 : 0x0802_0000])
        let beside = try device("0000:00:02.0")
        var group = GroupEvidence()
        group.members = [beside]
        let routed = try BoardFacts(try board.board(), groups: [beside: group])
        #expect(routed.topology.routes[beside]?.device == DeviceID(rawValue: 0x10))
        #expect(routed.smmu(of: beside)?.base.rawValue == 0x0905_0000)
        #expect(routed.controller(of: beside) == routed.topology.controllers.first)
    }
}
