// SPDX-License-Identifier: GPL-3.0-or-later

import Stimuli

/// Registers that remember what was written to them, in order, and answer as they are told.
final class PretendRegisters: Registers {
    struct Write: Equatable, CustomStringConvertible {
        let offset: Int
        let value: UInt64
        var description: String {
            "\(String(offset, radix: 16)) ← \(String(value, radix: 16))"
        }
    }

    let length: Int
    private(set) var writes: [Write] = []
    var values: [Int: UInt32] = [:]
    /// What every register reads that nobody gave a value.
    var otherwise: UInt32 = 0
    /// Is told of each write, to answer as a device would.
    var reaction: (Write, PretendRegisters) -> Void = { _, _ in }

    init(length: Int) { self.length = length }

    func load(_ offset: Int) -> UInt32 { values[offset] ?? otherwise }

    func store(_ offset: Int, _ value: UInt32) { note(offset, UInt64(value)) }
    func store64(_ offset: Int, _ value: UInt64) { note(offset, value) }

    func forget() { writes = [] }

    private func note(_ offset: Int, _ value: UInt64) {
        let write = Write(offset: offset, value: value)
        writes.append(write)
        reaction(write, self)
    }
}

/// Memory that a device could reach.
final class PretendMemory: DeviceMemory {
    let address: UInt64
    let length: Int
    private var words: [UInt32]

    init(address: UInt64, length: Int) {
        self.address = address
        self.length = length
        words = [UInt32](repeating: 0xDEAD_BEEF, count: length / 4)
    }

    func load(_ offset: Int) -> UInt32 { words[offset / 4] }
    func store(_ offset: Int, _ value: UInt32) { words[offset / 4] = value }
    func publish() {}
}
