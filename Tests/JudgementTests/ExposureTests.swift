// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import ReferenceModel
import Testing
import Vocabulary

@Suite struct ExposureTests {
    private let context = VectorContext(device: DeviceID(rawValue: 0x10))

    private func frame(_ base: UInt64) -> Doorbell {
        Doorbell(
            kind: .gicV2m(spis: InterruptID(rawValue: 64)...InterruptID(rawValue: 95)),
            base: PhysicalAddress(rawValue: base))
    }

    private func range(_ first: UInt64, _ last: UInt64) throws -> PhysicalRange {
        try #require(
            PhysicalRange(
                first: PhysicalAddress(rawValue: first), last: PhysicalAddress(rawValue: last)))
    }

    @Test func aFrameInALargePageHasNeighboursOnBothSides() throws {
        let frame = frame(0xe118_1000)
        #expect(frame.exposures(for: context, .fourKiB) == [])
        let exposure = try #require(frame.exposures(for: context, .sixtyFourKiB).first)
        #expect(exposure.mapped == (try range(0xe118_0000, 0xe118_ffff)))
        #expect(
            exposure.foreign == [
                try range(0xe118_0000, 0xe118_0fff), try range(0xe118_2000, 0xe118_ffff),
            ])
        let regions = IOMemoryText.parse(
            RawText(
                source: .ioMemory, file: "iomem",
                text: """
                    e1180000-e11fffff : bus
                      e1182000-e1182fff : e1182000.gpio
                    f0000000-ffffffff : PCI ECAM

                    """))
        #expect(regions.damage == [])
        let neighbours = exposure.neighbours(
            memory: regions.values, doorbells: [frame, self.frame(0xe118_0000)])
        #expect(
            neighbours.map(\.description) == [
                "0xe1180000-0xe1180fff bus", "0xe1182000-0xe1182fff e1182000.gpio",
                "0xe1183000-0xe118ffff bus",
            ])
        #expect(neighbours[1].lines.map(\.number) == [2])
    }

    @Test func otherFramesAndSilenceAreSaid() throws {
        let frames = [frame(0xe118_0000), frame(0xe118_1000)]
        let exposure = try #require(
            frames[0].exposures(for: context, .sixtyFourKiB).first)
        let neighbours = exposure.neighbours(memory: [], doorbells: frames)
        #expect(
            neighbours.map(\.description) == [
                "0xe1181000-0xe1181fff GICv2m frame at 0xe1181000",
                "0xe1182000-0xe118ffff (not named in /proc/iomem)",
            ])
    }

    @Test func servicesExposeNothingAndDistributorsMuch() throws {
        let its = Doorbell(kind: .its, base: PhysicalAddress(rawValue: 0x0808_0000))
        let window = try #require(
            PhysicalRange(first: PhysicalAddress(rawValue: 0x5800_0000), size: .mebibytes(2)))
        let preITS = Doorbell(
            kind: .preITS(window: window), base: PhysicalAddress(rawValue: 0x3002_0000))
        let spis = InterruptID(rawValue: 64)...InterruptID(rawValue: 95)
        let alias = Doorbell(
            kind: .mbi(ranges: [spis], isAlias: true),
            base: PhysicalAddress(rawValue: 0x1004_0000))
        for doorbell in [its, preITS, alias] {
            #expect(doorbell.exposures(for: context, .sixtyFourKiB) == [])
        }
        let distributor = Doorbell(
            kind: .mbi(ranges: [spis]), base: PhysicalAddress(rawValue: 0x3000_0000))
        #expect(
            distributor.exposures(for: context, .fourKiB).first?.foreign == [
                try range(0x3000_0000, 0x3000_003f), try range(0x3000_0060, 0x3000_0fff),
            ])
        let graviton = Doorbell(
            kind: .graviton(spis: InterruptID(rawValue: 160)...InterruptID(rawValue: 1000)),
            base: PhysicalAddress(rawValue: 0xf000_0000))
        #expect(graviton.exposures(for: context, .fourKiB) == [])
        #expect(
            graviton.exposures(for: context, .sixtyFourKiB).first?.foreign == [
                try range(0xf000_2000, 0xf000_ffff)
            ])
    }
}
