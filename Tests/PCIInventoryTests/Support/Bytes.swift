// SPDX-License-Identifier: GPL-3.0-or-later

import PCIInventory

/// A configuration space to annotate by hand: zeros, and what a test puts into it.
struct SpaceBuilder {
    private var bytes: [UInt8]

    /// A PCI Express endpoint's header with a capability list that starts at 0x40.
    init(size: Int = 4096) {
        bytes = [UInt8](repeating: 0, count: size)
        put(0x00, [0xf4, 0x1a, 0x41, 0x10])  // vendor 1af4, device 1041
        put(0x06, [0x10, 0x00])  // status: capability list
        put(0x34, [0x40])  // first capability
    }

    mutating func put(_ offset: Int, _ values: [UInt8]) {
        bytes.replaceSubrange(offset..<offset + values.count, with: values)
    }

    /// The smallest PCI Express capability, so that the extended space is looked at.
    mutating func putExpress(at offset: Int, next: UInt8 = 0) {
        put(offset, [0x10, next, 0x92, 0x00])  // version 2, root complex integrated endpoint
    }

    var space: ConfigurationSpace { ConfigurationSpace(bytes: bytes) }
}

/// Random numbers that are the same in every run.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
