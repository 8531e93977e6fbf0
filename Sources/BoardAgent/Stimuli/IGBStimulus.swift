// SPDX-License-Identifier: GPL-3.0-or-later

package import AgentProtocol
package import Vocabulary

/// Intel 82576, 8086:10c9, on cards and in QEMU from 8.0: EICS sets the cause of a vector as if it
/// had happened (82576 data sheet, 8.8).
///
/// With several MSI-X vectors each bit of EICS is a vector already, so that IVAR, which sends the
/// causes of queues to vectors, need not be written. The registers are recalled, and read in QEMU's
/// own model; nothing was seen on a card.
package struct IGBStimulus<Window: Registers>: Stimulus {
    /// What is written where, for the report.
    package let name = "igb BAR0+0x1520"
    /// How long the device needs quiet before it may be disarmed.
    package let rest = Nanoseconds.milliseconds(10)
    /// How long it must be left alone between two raises.
    package let gap = Nanoseconds.zero
    private let registers: Window
    private let bit: UInt32

    private static var status: Int { 0x08 }
    private static var gpie: Int { 0x1514 }
    private static var eics: Int { 0x1520 }
    private static var eims: Int { 0x1524 }
    private static var eimc: Int { 0x1528 }
    /// Bits here clear their cause by themselves when the message is sent.
    private static var eiac: Int { 0x152C }
    private static var eicr: Int { 0x1580 }
    /// The interval of a vector's throttle, four bytes each; 0 is none.
    private static var eitr: Int { 0x1680 }
    /// Several vectors (bit 4), masks by EIAM on automatic clearing (30), pending bits (31), and
    /// causes that stay until read (0).
    private static var severalVectors: UInt32 { 1 << 4 | 1 << 30 | 1 << 31 | 1 }

    /// Checks that the device answers, and lets no vector speak but this and those that ring with it.
    /// - Throws: `Refusal` of a device that is silent, or has no such vector.
    package init(
        _ registers: Window, vector: VectorIndex, among vectors: [VectorIndex] = []
    ) throws(Refusal) {
        try registers.want(0x2000)
        _ = try registers.answering(Self.status)
        var bits: UInt32 = 0
        for other in vectors + [vector] {
            guard other.rawValue < 25 else {
                throw .beyondLimit(number: UInt64(other.rawValue), limit: 24)
            }
            bits |= 1 << other.rawValue
        }
        self.registers = registers
        bit = 1 << vector.rawValue
        registers.store(Self.eimc, .max)
        registers.store(Self.gpie, Self.severalVectors)
        registers.store(Self.eicr, .max)
        registers.store(Self.eitr + 4 * Int(vector.rawValue), 0)
        registers.store(Self.eiac, bits)
        registers.store(Self.eims, bits)
    }

    /// Makes the device raise the vector once.
    package func raise() { registers.store(Self.eics, bit) }

    /// Takes the interrupt back.
    package func acknowledge() {
        registers.store(Self.eicr, bit)
        registers.store(Self.eims, bit)
    }

    /// Asks the device for its status, which always has bits that are 0.
    /// - Throws: `Refusal` of a device that is silent.
    package func checkItAnswers() throws(Refusal) { _ = try registers.answering(Self.status) }

    /// Resets the device by CTRL.RST, bit 26 of the register at 0 (82576 data sheet, 8.2.1).
    package static func resetByRegister(_ registers: Window) throws(Refusal) {
        try registers.want(0x2000)
        _ = try registers.answering(Self.status)
        registers.store(eimc, .max)
        registers.store(0, registers.load(0) | 1 << 26)
    }
}
