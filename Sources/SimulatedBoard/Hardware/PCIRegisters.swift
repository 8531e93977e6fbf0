// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

/// The registers of a function that have to do with messages: configuration space, MSI-X table and
/// pending bits.
struct PCIRegisters {
    /// One entry of an MSI-X table.
    struct Entry: Equatable {
        var message = MSIMessage(address: MessageAddress(rawValue: 0), data: 0)
        var isMasked = true
    }

    private(set) var bytes: [UInt8]
    private(set) var entries: [Entry]
    var pending: Set<UInt32> = []
    let msiOffset: Int?
    let msixOffset: Int?
    private let hasWideMSI: Bool

    init(_ function: FunctionDescription) {
        bytes = [UInt8](repeating: 0, count: 256)
        entries = [Entry](repeating: Entry(), count: Int(function.msixVectors))
        msiOffset = function.msiVectors > 0 ? 0x40 : nil
        msixOffset = function.msixVectors > 0 ? 0x70 : nil
        hasWideMSI = function.hasWideMSI
        put(0x11e8_1234, at: 0, bytes: 4)
        put(0x0010_0002, at: 4, bytes: 4)
        put(0x00ff_0010, at: 8, bytes: 4)
        put(0x1100_1af4, at: 0x2c, bytes: 4)
        addCapabilities(function)
    }

    private mutating func addCapabilities(_ function: FunctionDescription) {
        bytes[0x34] = UInt8(msiOffset ?? msixOffset ?? 0)
        if let msiOffset {
            let most = UInt32(function.msiVectors.trailingZeroBitCount)
            let control = most << 1 | (hasWideMSI ? 0x80 : 0) | (function.canMaskMSI ? 0x100 : 0)
            put(UInt32(msixOffset ?? 0) << 8 | 0x05, at: msiOffset, bytes: 2)
            put(control, at: msiOffset + 2, bytes: 2)
        }
        if let msixOffset {
            put(0x11, at: msixOffset, bytes: 2)
            put(function.msixVectors - 1, at: msixOffset + 2, bytes: 2)
            put(0x2000, at: msixOffset + 4, bytes: 4)
            put(0x3000, at: msixOffset + 8, bytes: 4)
        }
    }

    private mutating func put(_ value: UInt32, at offset: Int, bytes count: Int) {
        for place in 0..<count {
            bytes[offset + place] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(place)))
        }
    }

    private func number(at offset: Int, bytes count: Int) -> UInt32 {
        bytes[offset..<offset + count].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The command register's bit 2 (PCI 3.0, 6.2.2).
    var isBusMaster: Bool {
        get { bytes[4] & 4 != 0 }
        set { bytes[4] = newValue ? bytes[4] | 4 : bytes[4] & ~4 }
    }

    /// Writes the MSI registers: message, and so many vectors granted.
    mutating func enableMSI(_ message: MSIMessage, vectors: UInt32) {
        guard let msiOffset else { return }
        let granted = UInt32(32 - (vectors - 1).leadingZeroBitCount) & 7
        let kept = number(at: msiOffset + 2, bytes: 2) & ~0x71
        put(kept | (vectors > 1 ? granted << 4 : 0) | 1, at: msiOffset + 2, bytes: 2)
        write(message, at: msiOffset)
    }

    /// Clears enable bit, message and mask.
    mutating func disableMSI() {
        guard let msiOffset else { return }
        put(number(at: msiOffset + 2, bytes: 2) & ~0x71, at: msiOffset + 2, bytes: 2)
        write(MSIMessage(address: MessageAddress(rawValue: 0), data: 0), at: msiOffset)
        pending = []
    }

    private mutating func write(_ message: MSIMessage, at offset: Int) {
        let address = message.address.rawValue
        put(UInt32(truncatingIfNeeded: address), at: offset + 4, bytes: 4)
        if hasWideMSI { put(UInt32(address >> 32), at: offset + 8, bytes: 4) }
        put(message.data, at: offset + (hasWideMSI ? 12 : 8), bytes: 2)
    }

    /// The message as the function itself would send it for its vector 0.
    var msiMessage: MSIMessage? {
        guard let msiOffset, bytes[msiOffset + 2] & 1 != 0 else { return nil }
        let low = UInt64(number(at: msiOffset + 4, bytes: 4))
        let high = hasWideMSI ? UInt64(number(at: msiOffset + 8, bytes: 4)) : 0
        return MSIMessage(
            address: MessageAddress(rawValue: high << 32 | low),
            data: number(at: msiOffset + (hasWideMSI ? 12 : 8), bytes: 2))
    }

    var isMSIXEnabled: Bool { msixOffset.map { bytes[$0 + 3] & 0x80 != 0 } ?? false }

    mutating func enableMSIX(_ isEnabled: Bool) {
        guard let msixOffset else { return }
        bytes[msixOffset + 3] = bytes[msixOffset + 3] & 0x7f | (isEnabled ? 0x80 : 0)
        if !isEnabled {
            entries = [Entry](repeating: Entry(), count: entries.count)
            pending = []
        }
    }

    mutating func setEntry(_ vector: UInt32, _ entry: Entry) { entries[Int(vector)] = entry }

    mutating func setMask(_ vector: UInt32, _ isMasked: Bool) {
        entries[Int(vector)].isMasked = isMasked
    }
}
