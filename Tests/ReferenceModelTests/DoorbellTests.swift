// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing
import Vocabulary

@Suite struct DoorbellTests {
    private func spis(_ range: ClosedRange<UInt32>) -> ClosedRange<InterruptID> {
        InterruptID(rawValue: range.lowerBound)...InterruptID(rawValue: range.upperBound)
    }

    private func context(
        device: UInt32 = 0x100, vector: UInt32 = 0, block: UInt32 = 1, interrupt: UInt32? = nil,
        shares: Bool = false
    ) -> VectorContext {
        VectorContext(
            device: DeviceID(rawValue: device), sharesDevice: shares,
            vector: VectorIndex(rawValue: vector), block: block,
            interrupt: interrupt.map { InterruptID(rawValue: $0) })
    }

    private func address(_ value: UInt64) -> PhysicalAddress { PhysicalAddress(rawValue: value) }

    @Test func aFrameOfSeattleKeepsItsOffsetWithEveryGranule() {
        let frame = Doorbell(kind: .gicV2m(spis: spis(64...319)), base: address(0xe118_0000))
        #expect(frame.register == address(0xe118_0040))
        for granule in [Granule.fourKiB, .sixteenKiB, .sixtyFourKiB] {
            #expect(frame.pages(for: context(), granule) == [address(0xe118_0000)])
        }
        #expect(!frame.isIsolated)
        #expect(frame.data(for: context(interrupt: 70)) == .exactly(70))
        #expect(frame.interrupt(of: 70, at: address(0xe118_0040)) == InterruptID(rawValue: 70))
        // A pair of one frame's page and another's interrupt raises nothing here.
        #expect(frame.interrupt(of: 70, at: address(0xe119_0040)) == nil)
        #expect(frame.interrupt(of: 320, at: address(0xe118_0040)) == nil)
    }

    @Test(
        arguments: [
            (0x0600_0170, 0, 63), (0x0000_013f, 32, 95), (0x0200_0b43, 64, 127),
        ] as [(UInt32, UInt32, UInt32)])
    func quirksCountTheDataFromElsewhere(_ iidr: UInt32, _ first: UInt32, _ last: UInt32) {
        let form = GICv2m.DataForm(identification: iidr)
        let frame = Doorbell(
            kind: .gicV2m(spis: spis(64...127), data: form), base: address(0x7890_0000))
        let data = frame.data(for: context())
        #expect(data.allows(first) && data.allows(last))
        #expect(!data.allows(last + 1) && (first == 0 || !data.allows(first - 1)))
        #expect(frame.interrupt(of: first, at: address(0x7890_0040)) == InterruptID(rawValue: 64))
        #expect(frame.data(for: context(interrupt: 65)) == .exactly(first + 1))
    }

    @Test func aBlockBeginsAtAMultipleOfItsSizeInInterruptIDs() {
        let frame = Doorbell(kind: .gicV2m(spis: spis(82...143)), base: address(0x0802_0000))
        let four = frame.data(for: context(block: 4))
        #expect(four.allows(84) && four.allows(140))
        #expect(!four.allows(82) && !four.allows(86) && !four.allows(144))
        // Three vectors need two bits of the data, and so a multiple of four too.
        let three = frame.data(for: context(block: 3))
        #expect(three.allows(84) && !three.allows(85) && !three.allows(83))
        #expect(frame.data(for: context(block: 64)) == .within([]))
        #expect(frame.data(for: context(block: 0)).allows(83))
    }

    @Test func gravitonNamesTheInterruptInTheAddress() {
        let frame = Doorbell(kind: .graviton(spis: spis(160...1000)), base: address(0xf000_0000))
        #expect(frame.register == nil)
        #expect(frame.register(for: context(interrupt: 160)) == address(0xf000_0400))
        #expect(frame.data(for: context(interrupt: 160)) == .exactly(0))
        #expect(
            frame.pages(for: context(), .fourKiB) == [address(0xf000_0000), address(0xf000_1000)])
        #expect(frame.pages(for: context(), .sixtyFourKiB) == [address(0xf000_0000)])
        #expect(frame.interrupt(of: 0, at: address(0xf000_0400)) == InterruptID(rawValue: 160))
        #expect(frame.interrupt(of: 0, at: address(0xf000_0404)) == nil)
        #expect(frame.register(for: context(interrupt: 159)) == nil)
    }

    @Test func anITSIsRungInItsSecondPage() {
        let its = Doorbell(kind: .its, base: address(0x8010_0002_0000))
        #expect(its.register == address(0x8010_0003_0040))
        #expect(its.pages(for: context(), .sixtyFourKiB) == [address(0x8010_0003_0000)])
        #expect(its.isIsolated)
        #expect(its.data(for: context(vector: 3)) == .exactly(3))
        let shared = its.data(for: context(vector: 3, shares: true))
        #expect(shared.allows(0) && shared.allows(57343) && !shared.allows(57344))
        let block = its.data(for: context(block: 4, shares: true))
        #expect(block.allows(8) && !block.allows(9))
    }

    @Test func aPreITSHasARegisterForEachDevice() throws {
        let window = try #require(
            PhysicalRange(first: address(0x5800_0000), size: .mebibytes(2)))
        let doorbell = Doorbell(kind: .preITS(window: window), base: address(0x3002_0000))
        #expect(doorbell.register == nil && !doorbell.isIsolated)
        #expect(doorbell.register(for: context(device: 0x100)) == address(0x5800_0400))
        #expect(doorbell.register(for: context(device: 0x7ffff)) == address(0x581f_fffc))
        #expect(doorbell.register(for: context(device: 0x80000)) == nil)
        #expect(doorbell.pages(for: context(device: 0x400), .fourKiB) == [address(0x5800_1000)])
        #expect(doorbell.data(for: context(vector: 2)) == .exactly(2))
    }

    @Test func messageBasedInterruptsAlignOnTheirRunsBeginning() {
        let mbi = Doorbell(
            kind: .mbi(ranges: [spis(66...69), spis(256...287)]), base: address(0x0179_0000))
        #expect(mbi.register == address(0x0179_0040) && !mbi.isIsolated)
        let two = mbi.data(for: context(block: 2))
        #expect(two.allows(66) && two.allows(68) && !two.allows(67) && two.allows(258))
        #expect(!mbi.data(for: context(block: 8)).allows(66))
        #expect(mbi.interrupt(of: 256, at: address(0x0179_0040)) == InterruptID(rawValue: 256))
        #expect(mbi.interrupt(of: 70, at: address(0x0179_0040)) == nil)
    }

    @Test func nothingOverflowsAtTheEndOfTheAddresses() throws {
        let end = address(.max)
        let last = try #require(PhysicalRange(first: end, last: end))
        let all = spis(0...(.max))
        for kind in [
            Doorbell.Kind.gicV2m(spis: all, data: .fromSPI), .graviton(spis: all), .its,
            .preITS(window: last), .mbi(ranges: [all]),
        ] {
            let doorbell = Doorbell(kind: kind, base: end)
            for block: UInt32 in [0, 1, 3, 1 << 31, .max] {
                let context = context(device: .max, vector: .max, block: block)
                _ = doorbell.pages(for: context, .fourKiB)
                _ = doorbell.data(for: context)
                _ = MSIController(doorbells: [doorbell]).places(of: [context], taken: [])
                    .map(\.count)
            }
            _ = doorbell.interrupt(of: .max, at: end)
        }
    }
}
