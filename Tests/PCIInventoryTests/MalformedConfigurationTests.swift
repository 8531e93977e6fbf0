// SPDX-License-Identifier: GPL-3.0-or-later

import PCIInventory
import Testing

/// What a board may answer and a specification forbids.
struct MalformedConfigurationTests {
    @Test func aChainThatLoopsEndsWhereItLoops() {
        var builder = SpaceBuilder(size: 256)
        builder.put(0x40, [0x01, 0x50])
        builder.put(0x50, [0x03, 0x40])
        let list = builder.space.capabilityList
        #expect(list.capabilities.map(\.offset) == [0x40, 0x50])
        #expect(list.notes == [.loop(at: 0x40)])
    }

    @Test func anExtendedChainThatLoopsEndsWhereItLoops() {
        var builder = SpaceBuilder()
        builder.putExpress(at: 0x40)
        builder.put(0x100, [0x01, 0x00, 0x01, 0x15])  // AER, next 0x150
        builder.put(0x150, [0x03, 0x00, 0x01, 0x10])  // serial number, next 0x100
        let list = builder.space.capabilityList
        #expect(list.capabilities.map(\.offset) == [0x40, 0x100, 0x150])
        #expect(list.notes == [.loop(at: 0x100)])
    }

    @Test func aPointerIntoTheHeaderIsNotFollowed() {
        var builder = SpaceBuilder(size: 256)
        builder.put(0x40, [0x01, 0x10])
        #expect(builder.space.capabilityList.notes == [.pointerOutside(at: 0x10)])
    }

    @Test func anExtendedPointerIntoTheFirst256BytesIsNotFollowed() {
        var builder = SpaceBuilder()
        builder.putExpress(at: 0x40)
        builder.put(0x100, [0x01, 0x00, 0x01, 0x04])  // next 0x040
        #expect(builder.space.capabilityList.notes == [.pointerOutside(at: 0x40)])
    }

    @Test func withoutRootTheChainIsBeyondWhatWasRead() {
        let list = SpaceBuilder(size: 64).space.capabilityList
        #expect(list.capabilities.isEmpty)
        #expect(list.notes == [.beyondWhatWasRead(at: 0x40)])
    }

    @Test func aDeviceThatIsGoneIsNotedAsSuch() {
        let space = ConfigurationSpace(bytes: [UInt8](repeating: 0xff, count: 256))
        #expect(space.capabilityList.capabilities.isEmpty)
        #expect(space.capabilityList.notes == [.allOnes])
    }

    @Test func onesInTheMiddleOfAChainEndIt() {
        var builder = SpaceBuilder(size: 256)
        builder.put(0x40, [0x01, 0x50])
        builder.put(0x50, [0xff, 0xff])
        let list = builder.space.capabilityList
        #expect(list.capabilities.count == 1)
        #expect(list.notes == [.onesInChain(at: 0x50)])
    }

    @Test(arguments: [0, 1, 7, 13, 14])
    func aHeaderThatWasNotReadIsNotedAsSuch(size: Int) {
        let space = ConfigurationSpace(bytes: [UInt8](repeating: 0x10, count: size))
        #expect(space.capabilityList.notes == [.headerUnreadable])
    }

    @Test func anUnknownHeaderLayoutIsNotGuessed() {
        var builder = SpaceBuilder(size: 256)
        builder.put(0x0e, [0x05])
        #expect(builder.space.capabilityList.notes == [.headerUnreadable])
    }

    @Test func aCapabilityAtTheEndIsListedAsCutOff() {
        var builder = SpaceBuilder(size: 256)
        builder.put(0x34, [0xfc])
        builder.put(0xfc, [0x11, 0x00, 0x00, 0x80])  // MSI-X without room for its table
        let list = builder.space.capabilityList
        #expect(list.capabilities.map(\.content) == [.undecoded])
        #expect(list.notes == [.truncated(id: .msix, at: 0xfc)])
    }

    @Test func enhancedAllocationThatClaimsMoreThanThereIsIsCutOff() {
        var builder = SpaceBuilder(size: 256)
        builder.put(0x40, [0x14, 0x00, 0x3f, 0x00])
        for offset in stride(from: 0x44, to: 0xfc, by: 4) {
            builder.put(offset, [0x07, 0x00, 0x00, 0x80])
        }
        #expect(
            builder.space.capabilityList.notes == [.truncated(id: .enhancedAllocation, at: 0x40)])
    }

    @Test func noBytesWhateverBreakTheDecoder() {
        var random = SplitMix(seed: 2016)
        for round in 0..<3000 {
            let size = [0, 1, 63, 64, 128, 255, 256, 257, 1024, 4096].randomElement(using: &random)
            var bytes = (0..<(size ?? 0)).map { _ in UInt8.random(in: 0...255, using: &random) }
            // Half of the rounds get a header that leads into the garbage.
            if round.isMultiple(of: 2), bytes.count >= 64 {
                bytes[0x06] |= 0x10
                bytes[0x0e] = UInt8(round / 2 % 3)
                bytes[0x34] = 0x40
            }
            if round.isMultiple(of: 4), bytes.count >= 256 {
                bytes[0x40] = [0x05, 0x10, 0x11, 0x14, 0x09][round / 4 % 5]
            }
            check(ConfigurationSpace(bytes: bytes))
        }
    }

    private func check(_ space: ConfigurationSpace) {
        let list = space.capabilityList
        #expect(Set(list.capabilities.map(\.offset)).count == list.capabilities.count)
        #expect(list.capabilities.allSatisfy { $0.offset < space.bytes.count })
        #expect(list.notes.allSatisfy { !$0.description.isEmpty })
    }
}
