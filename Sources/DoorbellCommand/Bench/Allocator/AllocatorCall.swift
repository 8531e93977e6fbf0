// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel

/// A call of an IOVA allocator, as the benchmark's script holds it and its peer in C++ reads it.
enum AllocatorCall: Sendable {
    /// Keeps what it gets in a slot; page 0 stands there for a failure.
    case allocate(slot: Int, size: PageCount, limit: PageFrame)
    /// Frees what the slot got.
    case release(slot: Int)
    case reserve(PageFrameRange)
    case free(PageFrame)

    /// Four words: the kind and what belongs to it, as `Peer/allocator.cpp` has them.
    var words: [UInt64] {
        switch self {
        case .allocate(let slot, let size, let limit):
            [0, UInt64(slot), UInt64(size.rawValue), limit.rawValue]
        case .release(let slot): [1, UInt64(slot), 0, 0]
        case .reserve(let range): [2, range.first.rawValue, range.last.rawValue, 0]
        case .free(let frame): [3, frame.rawValue, 0, 0]
        }
    }
}

/// Numbers that are the same in every run.
struct ScriptNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
