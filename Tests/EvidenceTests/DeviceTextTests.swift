// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Testing
import Vocabulary

@Suite struct DeviceTextTests {
    @Test(arguments: RecordedBoard.allCases)
    func interruptsOfEachKernelAreRead(_ board: RecordedBoard) throws {
        let parsed = InterruptsText.parse(try board.text(.interrupts, "interrupts.txt"))
        #expect(parsed.damage == [])
        let timer = try #require(parsed.values.first { $0.actions == ["arch_timer"] })
        #expect(timer.hardwareNumber == 26 && timer.counts.count == 2 && timer.total > 0)
        let port = try #require(parsed.values.first { $0.actions.contains("aerdrv") })
        #expect(port.actions == ["PCIe PME", "aerdrv", "pciehp"])
    }

    @Test(arguments: [
        ("ITS-MSI 32768 Edge      vfio-msi[0](0000:00:02.0)", "ITS-MSI", 32768 as UInt64),
        (
            "ITS-PCI-MSI-0000:00:02.0   0 Edge      vfio-msi[0](0000:00:02.0)",
            "ITS-PCI-MSI-0000:00:02.0", 0
        ),
        ("MSI 32768 Edge      vfio-msi[0](0000:00:02.0)", "MSI", 32768),
    ])
    func aPassedThroughVectorIsFound(_ tail: String, _ chip: String, _ number: UInt64) throws {
        let table = try table("           CPU0       CPU1\n 30:        100          2   \(tail)\n")
        let device = try #require(PCIAddress("0000:00:02.0"))
        let line = try #require(table.line(of: VectorIndex(rawValue: 0), device: device))
        #expect(line.chip == chip && line.hardwareNumber == number && line.total == 102)
        #expect(line.vectors.map(\.kind) == [.msi])
    }

    @Test func theDifferenceIsKnownOnlyForTheSameLine() throws {
        let device = try #require(PCIAddress("0000:00:02.0"))
        let vector = VectorIndex(rawValue: 0)
        func table(_ number: Int, _ count: Int) throws -> InterruptTable {
            try self.table("  CPU0\n \(number): \(count) MSI 1 Edge vfio-msi[0](0000:00:02.0)\n")
        }
        let before = try table(30, 5)
        #expect(try table(30, 105).increase(of: vector, device: device, since: before) == 100)
        #expect(try table(31, 105).increase(of: vector, device: device, since: before) == nil)
        #expect(try table(30, 4).increase(of: vector, device: device, since: before) == nil)
    }

    private func table(_ text: String) throws -> InterruptTable {
        let parsed = InterruptsText.parse(RawText(source: .interrupts, file: "i", text: text))
        #expect(parsed.damage == [])
        return InterruptTable(lines: parsed.values)
    }

    @Test func aLineThatWasCutIsDamage() {
        let text = "  CPU0 CPU1\n 30: 1\n"
        let parsed = InterruptsText.parse(RawText(source: .interrupts, file: "i", text: text))
        #expect(parsed.values == [] && parsed.damage.map(\.what) == [.incomplete])
    }

    @Test func theRegistersOfAnArmedDeviceAreRead() throws {
        let space = try space(capability: "05 00 81 00 40 00 00 08 00 00 00 00 54 00 00 00")
        let capability = try #require(MSICapability(in: space))
        #expect(capability.enabled && capability.granted == 1)
        #expect(
            capability.message
                == MSIMessage(address: MessageAddress(rawValue: 0x0800_0040), data: 0x54))
        #expect(capability.lines.map(\.number) == [6])
    }

    @Test func a32BitCapabilityHasItsDataEarlier() throws {
        let space = try space(capability: "05 00 20 00 40 00 00 08 54 00 ff ff ff ff ff ff")
        let capability = try #require(MSICapability(in: space))
        #expect(!capability.enabled && capability.granted == 4 && capability.message.data == 0x54)
    }

    @Test func aListThatRunsInACircleEnds() throws {
        let space = try space(capability: "01 40 00 00 00 00 00 00 00 00 00 00 00 00 00 00")
        #expect(MSICapability(in: space) == nil)
    }

    private func space(capability: String) throws -> ConfigurationBytes {
        let zeros = String(repeating: " 00", count: 16)
        let text = """
            00:02.0 Unclassified device [00ff]: Device 1234:11e8
            00: 34 12 e8 11 06 00 10 00 10 00 ff 00 00 00 00 00
            10:\(zeros)
            20:\(zeros)
            30: 00 00 00 00 40 00 00 00 00 00 00 00 18 01 00 00
            40: \(capability)

            """
        let device = try #require(PCIAddress("0000:00:02.0"))
        let (space, damage) = ConfigurationBytes.parse(
            RawText(source: .configurationSpace(device), file: "c", text: text))
        #expect(damage == [])
        return try #require(space)
    }

    @Test func anMSIXTableIsReadByItsOrder() throws {
        let device = try #require(PCIAddress("0000:01:00.0"))
        let text = "08000040 00000001 00000056 00000000\n00000000 00000000 00000000 00000001\n"
        let parsed = MSIXTableText.parse(
            RawText(source: .msixTable(device), file: "m", text: text + "0 1 2\n"))
        #expect(parsed.values.map(\.masked) == [false, true])
        #expect(parsed.values.first?.message.address.rawValue == 0x1_0800_0040)
        #expect(parsed.damage.map(\.line.number) == [3])
    }

    @Test(arguments: [
        ("WARNING: CPU: 0 PID: 1 at drivers/iommu/io-pgtable-arm.c:281", TroubleKind.warning),
        ("Unable to handle kernel NULL pointer dereference at virtual address 0", .oops),
        ("Kernel panic - not syncing: Fatal exception", .panic),
        ("BUG: sleeping function called from invalid context", .bug),
        ("arm-smmu-v3 9050000.smmuv3: event 0x10 received:", .smmuEvent),
    ])
    func alarmsAreKnown(_ message: String, _ alarm: TroubleKind) {
        #expect(TroubleKind(message) == alarm)
    }

    @Test(arguments: RecordedBoard.allCases)
    func aRecordedFaultIsAnAlarmAndARecordedBootIsNot(_ board: RecordedBoard) throws {
        let fault = KernelLogText.parse(try board.text(.kernelLog, "fault-log.txt"))
        #expect(fault.contains { TroubleKind($0.message) == .smmuEvent && $0.time != nil })
        let boot = KernelLogText.parse(try board.text(.bootLog, "boot-log.txt"))
        #expect(boot.filter { TroubleKind($0.message) != nil } == [])
    }
}
