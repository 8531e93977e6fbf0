// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Vocabulary

/// Intel 82574L and QEMU's `e1000e`, 8086:10d3: ICS sets a cause as if it had happened (82574 data
/// sheet, 10.2.4).
///
/// The cause is "receive queue 0", which IVAR sends to the vector that is wanted.
struct E1000eStimulus: Stimulus {
    let name = "e1000e BAR0+0xc8"
    /// QEMU 7.2 aborts when MSI-X is disabled while its throttling timer runs.
    let rest = Nanoseconds.milliseconds(300)
    /// QEMU throttles to one in 128 µs (EITR, at least 500 times 256 ns), and once it has held an
    /// interrupt back it sends another at the end of every such period.
    let gap = Nanoseconds(rawValue: 400_000)
    private let base: UnsafeMutableRawPointer
    private static let receiveQueue0: UInt32 = 1 << 20

    /// Checks that the device answers, and routes the cause to the vector.
    init(_ window: RegisterWindow, vector: VectorIndex) throws(Trouble) {
        base = window.base
        guard window.length >= 0x100 else { throw .refused(.wrongState(.notMappable)) }
        // STATUS at 8 always has bits that are 0.
        guard board_load32(base, 8) != .max else { throw .refused(.deviceSilent(register: 8)) }
        guard vector.rawValue < 5 else {
            throw .refused(.beyondLimit(number: UInt64(vector.rawValue), limit: 4))
        }
        board_store32(base, 0xD8, .max)
        board_store32(base, 0xC0, .max)
        board_store32(base, 0xE4, vector.rawValue | 8)
        board_store32(base, 0xD0, Self.receiveQueue0)
    }

    func raise() { board_store32(base, 0xC8, Self.receiveQueue0) }

    func acknowledge() {
        board_store32(base, 0xC0, Self.receiveQueue0)
        board_store32(base, 0xD0, Self.receiveQueue0)
    }
}
