// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Foundation
import Testing
import Vocabulary

/// Device trees and ACPI tables that a compiler made of sources beside them (`Fixtures/made`), and
/// tables that QEMU 7.2 gives its virt machine (`Fixtures/virt-acpi`).
@Suite struct FirmwareTextTests {
    private func text(_ source: RawText.Source, _ folder: String, _ name: String) throws -> RawText
    {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(components: "Fixtures", folder, name)
        return RawText(
            source: source, file: name, text: try String(contentsOf: file, encoding: .utf8))
    }

    private func device(_ name: String) throws -> PCIAddress { try #require(PCIAddress(name)) }

    private func table(_ folder: String, _ name: String) throws -> IORT {
        try #require(try IORTText.parse(try text(.ioRemapping, folder, name)))
    }

    @Test func idsAreFollowedFromRootComplexToService() throws {
        let table = try table("made", "two-sockets.txt")
        #expect(table.nodes.count == 6)
        let expected: [(String, UInt64, UInt32, [UInt32], UInt32)] = [
            ("0000:00:02.0", 0x3_0000_0000, 0x10, [1], 0x1_0010),
            // The last of a range that no other begins with.
            ("0000:00:1f.7", 0x3_0000_0000, 0xff, [1], 0x1_00ff),
            ("0000:01:00.0", 0x2b50_0000, 0x100, [2, 1], 0x100),
            // One ID stands for all of the segment.
            ("0001:05:00.0", 0x2b50_0000, 0x42, [2, 1], 0x42),
            ("0001:06:00.1", 0x2b50_0000, 0x42, [2, 1], 0x42),
        ]
        for (name, base, stream, services, id) in expected {
            let smmu = try #require(table.smmu(of: try device(name)))
            #expect(smmu.id == stream)
            switch smmu.node.kind {
            case .smmu(let found), .smmuV3(let found, _): #expect(found.rawValue == base)
            default: Issue.record("\(smmu.node.kind) is no SMMU")
            }
            let group = try #require(table.services(of: try device(name)))
            #expect(group.node.kind == .services(services))
            #expect(group.id == id)
        }
        #expect(table.smmu(of: try device("0002:00:00.0")) == nil)
        #expect(table.services(of: try device("0002:00:00.0")) == nil)
    }

    /// QEMU 7.2 counts the IDs before the SMMU one too many, which the kernel works around.
    @Test func aRangeThatIsOneTooLongGivesWay() throws {
        let table = try table("virt-acpi", "its-iort.txt")
        #expect(table.smmu(of: try device("0000:00:1f.7"))?.id == 0xff)
        #expect(table.smmu(of: try device("0000:01:00.0")) == nil)
        #expect(table.services(of: try device("0000:01:00.0"))?.id == 0x100)
        let direct = try self.table("virt-acpi", "nosmmu-iort.txt")
        #expect(direct.smmu(of: try device("0000:00:02.0")) == nil)
        #expect(direct.services(of: try device("0000:00:02.0"))?.node.kind == .services([0]))
    }

    @Test func controllersOfACPIAreRead() throws {
        let its = MADTText.parse(try text(.interruptControllers, "virt-acpi", "its-madt.txt"))
        #expect(its.damage == [])
        #expect(its.values.map(\.kind) == [.its])
        #expect(its.values.map(\.base.rawValue) == [0x0808_0000])
        let v2m = MADTText.parse(try text(.interruptControllers, "virt-acpi", "v2m-madt.txt"))
        #expect(v2m.damage == [])
        let spis = InterruptID(rawValue: 80)...InterruptID(rawValue: 143)
        #expect(v2m.values.map(\.kind) == [.frame(spis: spis)])
        #expect(v2m.values.map(\.base.rawValue) == [0x0802_0000])
    }

    @Test func amazonsFramesAreKnownByTheTablesMaker() throws {
        var madt = try text(.interruptControllers, "virt-acpi", "v2m-madt.txt")
        #expect(madt.text.contains("42 4f 43 48 53 20"))
        madt.text = madt.text.replacing("42 4f 43 48 53 20", with: "41 4d 41 5a 4f 4e")
        let spis = InterruptID(rawValue: 80)...InterruptID(rawValue: 143)
        #expect(MADTText.parse(madt).values.map(\.kind) == [.graviton(spis: spis)])
    }

    @Test func framesStandInTheOrderOfTheTree() throws {
        let tree = try DeviceTreeText.parse(try text(.deviceTree, "made", "frames.txt"))
        #expect(tree.doorbells.map(\.base.rawValue) == [0xe118_1000, 0xe118_0000])
        #expect(tree.smmus.map(\.base.rawValue) == [0xe0a0_0000])
        #expect(tree.smmus.map(\.architecture) == [.version1Or2])
        let routes = tree.routes.filter { $0.domain == 0 }.map(\.handle)
        #expect(routes == [tree.doorbells[1].handle, tree.doorbells[0].handle])
        #expect(tree.machine == ["vendor,frames", "apm,xgene-shadowcat"])
    }

    @Test func servicesRangesAndMasksAreRead() throws {
        let tree = try DeviceTreeText.parse(try text(.deviceTree, "made", "services.txt"))
        let window = try #require(
            PhysicalRange(first: PhysicalAddress(rawValue: 0x5800_0000), size: .mebibytes(2)))
        let ranges = [
            InterruptID(rawValue: 256)...InterruptID(rawValue: 287),
            InterruptID(rawValue: 300)...InterruptID(rawValue: 303),
        ]
        #expect(
            tree.doorbells.map(\.kind) == [
                .mbi(ranges: ranges, isAlias: true), .its, .preITS(window: window),
            ])
        #expect(
            tree.doorbells.map(\.base.rawValue) == [0x1004_0000, 0x3002_0000, 0x3004_0000])
        #expect(tree.smmus.map(\.architecture) == [.version3, .version1Or2])
        let function = try device("0002:00:02.3")
        let routes = tree.routes.filter { $0.serves(function) && $0.domain == 2 }
        #expect(routes.map { $0.output(of: function) } == [0x1_0010, 0x13])
        let stream = try #require(tree.streams.first { $0.serves(function) && $0.domain == 2 })
        #expect(stream.output(of: function) == 0x1000)
    }

    @Test func theLogTellsOfMessageBasedInterrupts() {
        let first = InterruptID(rawValue: 256)
        #expect(
            LogFact("GICv3: MBI range [256:287]")
                == .messageRange(first...InterruptID(rawValue: 287)))
        #expect(
            LogFact("GICv3: Using MBI frame 0x0000000010040000")
                == .messageFrame(base: PhysicalAddress(rawValue: 0x1004_0000)))
        #expect(LogFact("GICv3: MBI range [287:256]") == nil)
    }

    @Test func aTableCutAnywhereIsDamageOrLess() throws {
        let whole = try text(.ioRemapping, "made", "two-sockets.txt")
        for cut in 1..<whole.text.utf8.count - 8 {
            let text = String(decoding: Array(whole.text.utf8)[..<cut], as: UTF8.self)
            let part = RawText(source: .ioRemapping, file: "iort", text: text)
            let evidence = BoardEvidence(texts: [part])
            #expect(evidence.damage.count == 1 && evidence.remapping == nil, "cut at \(cut)")
        }
    }

    @Test(arguments: [UInt64.random(in: .min ... .max)])
    func aDamagedTableIsAnswered(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let digits = Array("0123456789abcdef".utf8)
        let devices = try ["0000:00:02.0", "0000:01:00.0", "0001:05:00.0"].map(device)
        for (source, folder, name) in [
            (RawText.Source.ioRemapping, "made", "two-sockets.txt"),
            (.ioRemapping, "virt-acpi", "its-iort.txt"),
            (.interruptControllers, "virt-acpi", "v2m-madt.txt"),
        ] {
            let whole = Array(try text(source, folder, name).text.utf8)
            for _ in 0..<400 {
                var bytes = whole
                for _ in 0..<Int.random(in: 1...8, using: &random) {
                    let place = Int.random(in: bytes.indices, using: &random)
                    if digits.contains(bytes[place]) {
                        bytes[place] = digits.randomElement(using: &random) ?? 0x30
                    }
                }
                let text = String(decoding: bytes, as: UTF8.self)
                let evidence = BoardEvidence(texts: [
                    RawText(source: source, file: "table", text: text)
                ])
                for device in devices {
                    _ = evidence.remapping?.services(of: device)
                    _ = evidence.remapping?.smmu(of: device)
                }
            }
        }
    }
}
