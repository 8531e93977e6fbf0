// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Testing
import Vocabulary

@Suite struct BoardTextTests {
    @Test(arguments: RecordedBoard.allCases)
    func theDeviceTreeTellsWhoRingsWhere(_ board: RecordedBoard) throws {
        let text = try board.text(.deviceTree, "device-tree.txt")
        let evidence = BoardEvidence(texts: [text])
        #expect(evidence.damage == [])
        let node = try #require(evidence.doorbells.first)
        #expect(evidence.doorbells.count == 1)
        let isITS = board == .itsOn61 || board == .itsOn612
        #expect(node.kind == (isITS ? .its : .frame(spis: nil)))
        #expect(node.base == PhysicalAddress(rawValue: isITS ? 0x0808_0000 : 0x0802_0000))
        let device = try #require(PCIAddress("0000:01:00.0"))
        #expect(evidence.routes.first { $0.serves(device) }?.handle == node.handle)
    }

    @Test(arguments: RecordedBoard.allCases)
    func theBootLogTellsOfControllersAndSMMU(_ board: RecordedBoard) throws {
        let facts = BoardEvidence(texts: [try board.text(.bootLog, "boot-log.txt")]).logFacts
            .map(\.fact)
        #expect(
            facts.contains(
                .smmu(
                    name: "arm-smmu-v3 9050000.smmuv3", inputBits: 44, outputBits: 44,
                    features: 0x8305)))
        let isITS = board == .itsOn61 || board == .itsOn612
        let its = LogFact.its(
            base: PhysicalAddress(rawValue: 0x0808_0000),
            last: PhysicalAddress(rawValue: 0x0809_ffff))
        let frame = LogFact.frame(
            base: PhysicalAddress(rawValue: 0x0802_0000),
            last: PhysicalAddress(rawValue: 0x0802_0fff),
            spis: InterruptID(rawValue: 80)...InterruptID(rawValue: 143))
        #expect(facts.contains(isITS ? its : frame))
    }

    @Test(arguments: RecordedBoard.allCases)
    func factsAndMemoryAreRead(_ board: RecordedBoard) throws {
        let evidence = BoardEvidence(texts: [
            try board.text(.boardFacts, "board-facts.txt"), try board.text(.ioMemory, "iomem.txt"),
        ])
        #expect(evidence.damage == [])
        #expect(evidence.fact("page.kib")?.value == "4")
        #expect(evidence.fact("machine")?.value == "aarch64")
        let smmu = evidence.memory.first { $0.owner == "9050000.smmuv3" }
        #expect(smmu?.first == PhysicalAddress(rawValue: 0x0905_0000) && smmu?.depth == 0)
    }

    @Test(arguments: RecordedBoard.allCases)
    func groupsAreRead(_ board: RecordedBoard) throws {
        let device = try #require(PCIAddress("0000:01:00.0"))
        let port = try #require(PCIAddress("0000:00:04.0"))
        let evidence = BoardEvidence(texts: [
            try board.text(.groupMembers(device), "members-01.00.0.txt"),
            try board.text(.groupType(device), "type-01.00.0.txt"),
            try board.text(.reservedRegions(device), "reserved-01.00.0.txt"),
        ])
        let group = try #require(evidence.groups[device])
        #expect(group.members.map { Set($0) } == [device, port])
        #expect(group.type == .dma)
        #expect(group.reserved?.map(\.kind) == [.msi])
        #expect(group.reserved?.first?.range.last == IOVA(rawValue: 0x080f_ffff))
    }

    @Test(arguments: [
        "0x08000000 0x080fffff", "0x08000000 0x080fffff vip", "0x2 0x1 msi",
        "0x10000000000000000 0x1 msi", "-1 0x1 msi",
    ])
    func aRegionThatCannotBeIsDamage(_ text: String) throws {
        let device = try #require(PCIAddress("0000:01:00.0"))
        let parsed = ReservedRegionsText.parse(
            RawText(source: .reservedRegions(device), file: "r", text: text))
        #expect(parsed.values == [] && parsed.damage.count == 1)
    }

    @Test func framesAndServicesOfACPIAreRead() {
        var table = Array("APIC".utf8) + [88, 0, 0, 0] + [UInt8](repeating: 0, count: 36)
        table += [13, 24, 0, 0, 7, 0, 0, 0, 0, 0, 0x18, 0xe1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 64, 0]
        table += [15, 20, 0, 0, 1, 0, 0, 0, 0, 0, 2, 0, 0x10, 0x80, 0, 0, 0, 0, 0, 0]
        let parsed = MADTText.parse(dump(table))
        #expect(parsed.damage == [])
        let spis = InterruptID(rawValue: 64)...InterruptID(rawValue: 319)
        #expect(parsed.values.map(\.kind) == [.frame(spis: spis), .its])
        #expect(
            parsed.values.map(\.base.rawValue) == [0xe118_0000, 0x8010_0002_0000])
        let cut = MADTText.parse(dump(Array(table.dropLast(3))))
        // Of a list that is cut nothing is believed: what is missing may be the unsafe controller.
        #expect(cut.values.isEmpty && cut.damage.map(\.what) == [.incomplete])
        table[4] = 85
        let short = MADTText.parse(dump(table))
        #expect(short.values.count == 1 && short.damage.map(\.what) == [.incomplete])
    }

    private func dump(_ bytes: [UInt8]) -> RawText {
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 16) {
            let row = bytes[start..<min(start + 16, bytes.count)]
            text += Hexadecimal.digits(UInt64(start), width: 6)
            text += row.map { " " + Hexadecimal.digits(UInt64($0), width: 2) }.joined() + "\n"
        }
        text += Hexadecimal.digits(UInt64(bytes.count), width: 6) + "\n"
        return RawText(source: .interruptControllers, file: "APIC", text: text)
    }
}
