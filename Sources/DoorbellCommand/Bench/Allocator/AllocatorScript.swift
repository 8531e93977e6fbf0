// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel

/// What a busy host does to a domain's allocator, the same in every run.
///
/// Up to 1,024 ranges are held at a time. Six in ten are single pages, three of 2 to 32, one of 64 to
/// 512; three in four must lie below 4 GiB, the others below 48 bits. Meanwhile users map 1 to 256
/// pages below 2 GiB and take maps out again, and one map in twenty lies over what was handed out.
struct AllocatorScript: Sendable {
    static let seed: UInt64 = 0x0d00_be11
    static let slotCount = 1024

    private(set) var calls: [AllocatorCall] = []
    private var numbers = ScriptNumbers(seed: seed)
    private var isHeld = [Bool](repeating: false, count: slotCount)
    private var maps: [PageFrame] = []

    private static let fourGiB = PageFrame(rawValue: 0xf_ffff)
    private static let fortyEightBits = PageFrame(rawValue: 0xf_ffff_ffff)

    init(count: Int) {
        calls.reserveCapacity(count)
        while calls.count < count { addCall() }
    }

    private mutating func addCall() {
        switch number(100) {
        case 0..<80: useSlot()
        case 80..<90 where maps.count < 512: map()
        default: unmap()
        }
    }

    private mutating func useSlot() {
        let slot = Int(number(UInt64(Self.slotCount)))
        defer { isHeld[slot].toggle() }
        guard !isHeld[slot], let size = PageCount(rawValue: size()) else {
            calls.append(.release(slot: slot))
            return
        }
        let limit = number(4) > 0 ? Self.fourGiB : Self.fortyEightBits
        calls.append(.allocate(slot: slot, size: size, limit: limit))
    }

    private mutating func size() -> UInt32 {
        switch number(10) {
        case 0..<6: 1
        case 6..<9: UInt32(2 + number(31))
        default: UInt32(64 + number(449))
        }
    }

    private mutating func map() {
        let base: UInt64 = number(20) == 0 ? 0xf_0000 : 1
        let first = PageFrame(rawValue: base + number(base == 1 ? 0x7_ff00 : 0xff00))
        let last = PageFrame(rawValue: first.rawValue + number(256))
        guard let range = PageFrameRange(first: first, last: last) else { return }
        calls.append(.reserve(range))
        maps.append(first)
    }

    private mutating func unmap() {
        guard !maps.isEmpty else { return }
        calls.append(.free(maps.remove(at: Int(number(UInt64(maps.count))))))
    }

    /// A number below the bound; the bias is nothing that a benchmark would notice.
    private mutating func number(_ bound: UInt64) -> UInt64 { numbers.next() % bound }
}
