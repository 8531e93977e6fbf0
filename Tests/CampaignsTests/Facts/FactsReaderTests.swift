// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Evidence
import Judgement
import ReferenceModel
import ResultArchive
import SystemPackage
import Testing
import Vocabulary

@Suite("A board description is read")
struct FactsReaderTests {
    @Test(
        "Those of the virtual boards say what runs found on them",
        arguments: RecordedRun.allCases, ["virt-v2m", "virt-its"])
    func virtualBoards(_ run: RecordedRun, _ name: String) throws {
        let described = try description("Labs/Facts/\(name).yaml")
        let boards = try run.archived().boards()
        let archived = try #require(boards.first { $0.name.text == name })
        let read = try archived.record()
        let record = try #require(read)
        var groups: [PCIAddress: GroupEvidence] = [:]
        for found in try archived.cases() {
            let seen = try found.record()
            let evidence = CaseEvidence(try #require(seen))
            groups.merge(evidence.before.groups) { known, _ in known }
        }
        let seen = try BoardFacts(BoardEvidence(texts: record.texts), groups: groups)
        #expect(described.name == archived.name)
        #expect(described.facts.pageSize == seen.pageSize)
        #expect(described.facts.aperture == seen.aperture)
        #expect(described.facts.doorbells == seen.doorbells)
        #expect(!groups.isEmpty)
        for device in groups.keys {
            #expect(described.facts.group(of: device) == seen.group(of: device))
            #expect(described.facts.doorbell(of: device) == seen.doorbell(of: device))
            #expect(described.devices.contains { $0.address == device })
        }
    }

    @Test("Every description of the repository is right, and is called like its file")
    func repositoryFacts() throws {
        for name in ["hip07", "overdrive", "thunderx", "virt-its", "virt-v2m"] {
            let found = try description("Labs/Facts/\(name).yaml")
            #expect(found.name.text == name)
            #expect(Set(found.devices.map(\.kind)) == [.edu, .e1000e, .nvme])
        }
    }

    @Test("Each controller, SMMU and device arrives as it was written")
    func everyKey() throws {
        let found = try BoardDescription(SourceText(file: "f.yaml", text: Self.full))
        let facts = found.facts
        #expect(facts.kernel == KernelVersion(major: 6, minor: 15))
        #expect(facts.pageSize == .sixtyFourKiB)
        #expect(facts.aperture.last == IOVA(rawValue: (1 << 40) - 1))
        #expect(facts.host.interface == .iommufd && facts.host.stage == .two)
        #expect(facts.host.pageSizes == 0x1_1000 && facts.host.defaultDomain == .identity)
        #expect(facts.host.hardwareWindows.map(\.description) == ["0xc6010000-0xc601ffff"])
        #expect(facts.doorbells.map(\.kind.name) == ["GICv2m", "ITS", "MBI", "pre-ITS"])
        let device = try #require(PCIAddress("0000:01:00.0"))
        #expect(facts.doorbell(of: device)?.kind == .its)
        #expect(facts.smmu(of: device)?.architecture == .version1Or2)
        #expect(facts.group(of: device).members.count == 2)
        #expect(facts.host.masks[device] == IOVA(rawValue: (1 << 36) - 1))
    }

    private static let full = """
        name: f
        summary: x
        source: nowhere
        kernel: "6.15"
        page-size: 64KiB
        aperture-bits: 40
        interface: iommufd
        default-domain: identity
        stage-two-only: true
        smmu-pages: [4KiB, 64KiB]
        hardware-windows: [{base: 0xc6010000, size: 64KiB}]
        smmus:
          - {name: near, architecture: smmuv2, base: 0x1000}
          - {name: far, architecture: smmuv3, base: 0x2000}
        controllers:
          - {kind: gicv2m, base: 0x08020000, interrupts: 80-143}
          - {name: far, kind: its, base: 0x08080000}
          - {kind: mbi, base: 0x09000000, interrupts: 64-95}
          - {kind: pre-its, base: 0x58000000, size: 2MiB}
        devices:
          - {kind: edu, address: "0000:01:00.0", controller: far, smmu: near,
             group: ["0000:00:01.0"], mask-bits: 36}
        """

    @Test("What is wrong is named with its place")
    func wrong() {
        let text = """
            name: f
            sumary: x
            source: nowhere
            kernel: six
            page-size: 3KiB
            aperture-bits: 64
            controllers:
              - {name: a, kind: gicv2m, base: 0x0, interrupts: 8-20}
              - {kind: its, base: 0x0, interrupts: 64-80}
            devices:
              - {kind: edu, address: "0:1", controller: b}
            """
        #expect(
            complaints(BoardDescription.init(_:), in: text) == [
                "x.yaml:1:1: error: the key 'summary' is missing",
                "x.yaml:2:1: error: unknown key 'sumary'; did you mean 'summary'?",
                "x.yaml:4:9: error: 'six' is no version; write \"6.1\"",
                "x.yaml:5:12: error: a page has a power of two of bytes, not 3KiB",
                "x.yaml:6:16: error: 64 is out of bounds; write a number from 32 to 63",
                "x.yaml:8:52: error: '8-20' is no run of SPIs; write the first and the last, which "
                    + "lie from 32 to 1019: 64-319",
                "x.yaml:9:40: error: the key 'interrupts' has no place here: an ITS numbers events, "
                    + "and no interrupts",
                "x.yaml:11:26: error: '0:1' is no PCI address; write one like 0000:01:00.0",
                "x.yaml:11:45: error: the board has no controller 'b'; known are its0",
            ])
    }

    private func description(_ path: String) throws -> BoardDescription {
        try BoardDescription(SourceText(path: repository.appending(path: path)))
    }
}
