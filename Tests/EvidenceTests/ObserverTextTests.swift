// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Testing
import Vocabulary

@Suite struct ObserverTextTests {
    private func window(
        _ name: String, _ board: RecordedBoard = .itsOn612
    ) throws -> [ObserverRecord] {
        let (window, damage) = ObserverText.parse(try board.text(.observer, name))
        #expect(damage == [])
        #expect(window.points.contains("smmuv3_translate_success"))
        return window.records
    }

    private func parse(_ text: String) -> (window: ObserverWindow, damage: [Damage]) {
        ObserverText.parse(RawText(source: .observer, file: "o", text: text))
    }

    private func event(_ line: String) throws -> ObserverEvent {
        let name = line.split(separator: " ")[0]
        let (window, damage) = parse("points \(name)\n1 \(line)\n")
        #expect(damage == [])
        return try #require(window.records.first).event
    }

    private let page = IOVA(rawValue: 0x0800_0040)

    @Test func ringingIsSeenBySMMUAndITS() throws {
        let seen = try window("observer-ring.txt")
        let doorbell = PhysicalAddress(rawValue: 0x0809_0040)
        let own = seen.filter {
            $0.event == .translated(stream: 0x10, from: page, to: doorbell)
                || $0.event == .arrived(device: 0x10, data: 0)
        }
        #expect(own.map(\.count) == [10, 10])
        #expect(own.first?.line.number == 4)
    }

    @Test func ringingIsSeenBySMMUAndGIC() throws {
        let seen = try window("observer-ring.txt", .v2mOn612)
        let doorbell = PhysicalAddress(rawValue: 0x0802_0040)
        let line = InterruptID(rawValue: 92)
        let wanted: [ObserverEvent] = [
            .translated(stream: 0x10, from: page, to: doorbell), .line(line, isHigh: true),
            .line(line, isHigh: false),
        ]
        #expect(wanted.map { event in seen.first { $0.event == event }?.count } == [10, 10, 10])
    }

    @Test func aFaultHasItsNameAndItsStream() throws {
        let seen = try window("observer-fault.txt").map(\.event)
        #expect(seen.contains(.recorded(event: "SMMU_EVT_F_TRANSLATION", stream: 0x10)))
    }

    @Test func commandsOfTheKernelAreRead() throws {
        let armed = try window("observer-arm.txt").map(\.event)
        let interrupt = InterruptID(rawValue: 0x208f)
        #expect(armed.contains(.deviceMapped(device: 0x10, isValid: true)))
        #expect(armed.contains(.eventMapped(device: 0x10, event: 0, interrupt: interrupt)))
        let closed = try window("observer-close.txt").map(\.event)
        #expect(closed.contains(.eventDiscarded(device: 0x10, event: 0)))
        #expect(closed.contains(.deviceMapped(device: 0x10, isValid: false)))
        #expect(closed.contains(.configured(streams: 0x10...0x10)))
        #expect(closed.contains(.forgot(space: 7, addresses: nil)))
        let range = IOVARange(first: IOVA(rawValue: 0x0200_0000), size: .bytes(0x10000))
        let unmapped = try window("observer-unmap.txt").map(\.event)
        #expect(unmapped.contains(.forgot(space: 7, addresses: range)))
    }

    @Test func rareLinesAreRead() throws {
        let passed = "smmuv3_translate_bypass mr sid=0x8 STE bypass iova:0x8090040 is_write=1"
        #expect(
            try event(passed)
                == .translated(
                    stream: 8, from: IOVA(rawValue: 0x0809_0040),
                    to: PhysicalAddress(rawValue: 0x0809_0040)))
        #expect(
            try event("smmuv3_translate_abort mr sid=0x8 abort on iova:0x8000040 is_write=1")
                == .refused(stream: 8, address: page))
        #expect(
            try event("smmuv3_cmdq_cfgi_ste_range start=0x8 - end=0xf")
                == .configured(streams: 8...15))
        #expect(try event("smmuv3_cmdq_tlbi_nh ") == .forgot(space: nil, addresses: nil))
        #expect(try event("pci_nvme_irq_msix raising MSI-X IRQ vector 1") == .sent(by: "nvme"))
        #expect(
            try event("e1000e_irq_msix_notify_vec MSI-X notify vector 0x0") == .sent(by: "e1000e"))
        #expect(try event("msix_write_config dev nvme enabled 1 masked 0") == .other)
    }

    @Test(arguments: [
        "smmuv3_s1_range_inval vmid=0 asid=7 addr=0x0 tg=1 num_pages=0x10 ttl=3 leaf=1",
        "smmuv3_s1_range_inval vmid=0 asid=7 addr=0x0 tg=0 num_pages=0x10 ttl=3 leaf=1",
        "smmuv3_s1_range_inval vmid=0 asid=7 addr=0x0 tg=2 num_pages=0x4 ttl=3 leaf=1",
        "smmuv3_s1_range_inval vmid=0 asid=7 addr=0x0 tg=3 num_pages=0x1 ttl=3 leaf=1",
    ])
    func whatIsForgottenIsMeasuredInPages(_ line: String) throws {
        let range = IOVARange(first: IOVA(rawValue: 0), size: .bytes(0x10000))
        #expect(try event(line) == .forgot(space: 7, addresses: range))
    }

    @Test(arguments: [
        "smmuv3_translate_success mr sid=0x10 iova=0x8000040",
        "smmuv3_translate_success mr sid=0x10g iova=0x8000040 translated=0x8090040 perm=0x3",
        "smmuv3_translate_success mr sid=0x100000000 iova=0x0 translated=0x0 perm=0x3",
        "smmuv3_s1_range_inval vmid=0 asid=7 addr=0x0 tg=4 num_pages=0x1 ttl=3 leaf=1",
        "smmuv3_s1_range_inval vmid=0 asid=7 addr=0xffffffffffffffff tg=1 num_pages=0x1",
        "smmuv3_s1_range_inval vmid=0 asid=7 addr=0x0 tg=3 num_pages=0xffffffffffffffff",
        "smmuv3_cmdq_cfgi_ste_range start=0x8 - end=0x7", "smmuv3_record_event sid",
        "gicv3_its_translation_write data 0x0", "gicv3_its_cmd_mapti DeviceID 0x10",
        "gic_set_irq irq x level 1", "smmuv3_cmdq_cfgi_ste streamid= ",
    ])
    func aFieldThatIsMissingOrTooLargeIsDamage(_ line: String) {
        let name = line.split(separator: " ")[0]
        let (window, damage) = parse("points \(name)\n1 \(line)\n")
        #expect(window.records == [] && damage.map(\.what) == [.unparsable])
        #expect(damage.first?.line.number == 2)
    }

    @Test(arguments: [
        ("", Damage.Kind.incomplete), ("smmuv3_cmdq_tlbi_nh \n", .unparsable),
        ("points a\n1 b\n", .unparsable), ("points a\n0 a\n", .unparsable),
        ("points a\n99999999999999999999 a\n", .unparsable), ("points a\nlost 12\n", .lost),
        ("points a\n1 a\n1 a", .incomplete), ("points a\n\n", .unparsable),
    ])
    func damageIsNamed(_ text: String, _ kind: Damage.Kind) {
        #expect(parse(text).damage.map(\.what) == [kind])
    }

    @Test(arguments: ["observer-ring.txt", "observer-arm.txt", "observer-close.txt"])
    func aCutAnywhereIsNoCrashAndNeverMoreThanTheWhole(_ name: String) throws {
        let whole = try RecordedBoard.itsOn612.text(.observer, name)
        let all = ObserverText.parse(whole).window.records
        for count in 0..<whole.text.count {
            let (window, damage) = parse(String(whole.text.prefix(count)))
            #expect(window.records.count <= all.count)
            let isWhole = count > 0 && whole.text.prefix(count).last == "\n"
            #expect(isWhole == damage.isEmpty)
        }
    }

    @Test func aByteThatChangedIsNoCrash() throws {
        let text = Array(try RecordedBoard.itsOn612.text(.observer, "observer-arm.txt").text.utf8)
        for place in text.indices {
            for byte: UInt8 in [0, 10, 32, 48, 120, 255] {
                var changed = text
                changed[place] = byte
                _ = parse(String(decoding: changed, as: UTF8.self))
            }
        }
    }

    @Test func theWindowOfAStepIsInItsEvidence() throws {
        let text = try RecordedBoard.itsOn612.text(.observer, "observer-ring.txt")
        let container = try #require(ContainerName("c"))
        let step = StepRecord(index: 0, step: .open(container: container), texts: [text])
        var record = CaseRecord(
            board: try #require(BoardName("b")), suite: try #require(SuiteName("s")),
            name: try #require(CaseName("n")), devices: [:], unsafeInterruptsAllowed: false,
            agentProcess: 1, steps: [step], texts: [text])
        record.texts.append(RawText(source: .observer, file: "after", text: "points a\n1 a\n"))
        let evidence = CaseEvidence(record)
        #expect(evidence.steps[0].observer?.records.isEmpty == false)
        #expect(evidence.before.observer == evidence.steps[0].observer)
        #expect(evidence.after.observer?.records.count == 1)
    }
}
