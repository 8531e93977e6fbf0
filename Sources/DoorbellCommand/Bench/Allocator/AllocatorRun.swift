// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Vocabulary

/// Which of the kernel's allocators is measured.
enum AllocatorKind: String, CaseIterable, Sendable {
    case era, cached

    var figureName: String {
        switch self {
        case .era: "allocator 4.8"
        case .cached: "allocator 6.x"
        }
    }
}

/// What one run of the script came to.
struct AllocatorResult: Sendable, Hashable {
    let callsPerSecond: Double
    /// FNV-1a over the words of all results.
    let checksum: UInt64

    /// Runs the script on the model.
    static func measure(_ kind: AllocatorKind, _ calls: [AllocatorCall]) -> AllocatorResult {
        let start = PageFrame(rawValue: 1)
        let clock = ContinuousClock()
        var checksum: UInt64 = 0
        let took = clock.measure {
            switch kind {
            case .era:
                let limit = PageFrame(rawValue: 0xf_ffff)
                var tree = EraTree(granule: .fourKiB, start: start, cachedLimit: limit)
                checksum = run(calls, on: &tree)
            case .cached:
                var tree = CachedTree(granule: .fourKiB, start: start)
                checksum = run(calls, on: &tree)
            }
        }
        return AllocatorResult(
            callsPerSecond: Double(calls.count) / (took / .seconds(1)), checksum: checksum)
    }

    private static func run(_ calls: [AllocatorCall], on tree: inout some Measured) -> UInt64 {
        var slots = [PageFrame](
            repeating: PageFrame(rawValue: 0), count: AllocatorScript.slotCount)
        var checksum = Checksum()
        for call in calls {
            switch call {
            case .allocate(let slot, let size, let limit):
                let range = tree.give(size, limit: limit)
                slots[slot] = range?.first ?? PageFrame(rawValue: 0)
                checksum.add(range)
            case .release(let slot): checksum.add(tree.free(containing: slots[slot]))
            case .reserve(let range): checksum.add(tree.reserve(range)?.range)
            case .free(let frame): checksum.add(tree.free(containing: frame))
            }
        }
        return checksum.value
    }
}

/// What the two allocators have in common.
private protocol Measured {
    mutating func give(_ size: PageCount, limit: PageFrame) -> PageFrameRange?
    mutating func reserve(_ range: PageFrameRange) -> Grant?
    mutating func free(containing frame: PageFrame) -> PageFrameRange?
}

extension EraTree: Measured {
    fileprivate mutating func give(_ size: PageCount, limit: PageFrame) -> PageFrameRange? {
        allocate(size, limit: limit).grant?.range
    }
}

extension CachedTree: Measured {
    fileprivate mutating func give(_ size: PageCount, limit: PageFrame) -> PageFrameRange? {
        allocate(size, limit: limit)?.range
    }
}

private struct Checksum {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ range: PageFrameRange?) {
        add(range?.first.rawValue ?? 0)
        add(range?.last.rawValue ?? .max)
    }

    private mutating func add(_ word: UInt64) { value = (value ^ word) &* 0x100_0000_01b3 }
}
