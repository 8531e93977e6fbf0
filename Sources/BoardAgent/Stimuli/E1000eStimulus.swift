// SPDX-License-Identifier: GPL-3.0-or-later

package import AgentProtocol
package import Vocabulary

/// Intel 82574L and QEMU's `e1000e`, 8086:10d3: ICS sets a cause as if it had happened (82574 data
/// sheet, 10.2.4).
///
/// The cause is "receive queue 0", which IVAR sends to the vector that is wanted.
package struct E1000eStimulus<Window: Registers>: Stimulus {
    /// What is written where, for the report.
    package let name = "e1000e BAR0+0xc8"
    /// QEMU 7.2 aborts when MSI-X is disabled while its throttling timer runs.
    package let rest = Nanoseconds.milliseconds(300)
    /// QEMU 7.2 throttles to one in 128 µs (EITR, at least 500 times 256 ns).
    ///
    /// Once it has held an interrupt back it sends another at the end of every such period, for ever.
    /// Its timer may come late on a machine that is busy (seen with 0.4 ms).
    package let gap = Nanoseconds.milliseconds(2)
    private let registers: Window
    /// Its bit in ICR, ICS, IMS and IMC.
    private let cause: UInt32

    /// Bit 20 of ICR, ICS, IMS and IMC.
    private static var receiveQueue0: UInt32 { 1 << 20 }
    /// Interrupt cause read, set, mask set and mask clear.
    private static var icr: Int { 0xC0 }
    private static var ics: Int { 0xC8 }
    private static var ims: Int { 0xD0 }
    private static var imc: Int { 0xD8 }
    /// Four bits for each cause: the vector, and bit 3 that says it is meant.
    private static var ivar: Int { 0xE4 }

    /// Checks that the device answers, and routes the cause to the vector.
    /// - Throws: `Refusal` of a device that is silent, or has no such vector.
    package init(_ registers: Window, vector: VectorIndex) throws(Refusal) {
        try registers.want(0x100)
        // STATUS always has bits that are 0.
        _ = try registers.answering(8)
        guard vector.rawValue < 5 else {
            throw .beyondLimit(number: UInt64(vector.rawValue), limit: 4)
        }
        self.registers = registers
        cause = Self.receiveQueue0
        registers.store(Self.imc, .max)
        registers.store(Self.icr, .max)
        registers.store(Self.ivar, vector.rawValue | 8)
        registers.store(Self.ims, Self.receiveQueue0)
    }

    /// Checks that the device answers, and routes a cause of its own to each of several vectors: the
    /// five causes of MSI-X, from bit 20 on, have a field of IVAR each (82574 data sheet, 10.2.4.9).
    /// - Throws: `Refusal` of a device that is silent, or has no such vector.
    package init(
        _ registers: Window, vector: VectorIndex, among vectors: [VectorIndex]
    ) throws(Refusal) {
        try registers.want(0x100)
        _ = try registers.answering(8)
        var (routes, causes): (UInt32, UInt32) = (0, 0)
        for other in vectors + [vector] {
            guard other.rawValue < 5 else {
                throw .beyondLimit(number: UInt64(other.rawValue), limit: 4)
            }
            routes |= (other.rawValue | 8) << (4 * other.rawValue)
            causes |= Self.receiveQueue0 << other.rawValue
        }
        self.registers = registers
        cause = Self.receiveQueue0 << vector.rawValue
        registers.store(Self.imc, .max)
        registers.store(Self.icr, .max)
        registers.store(Self.ivar, routes)
        registers.store(Self.ims, causes)
    }

    /// Makes the device raise the vector once.
    package func raise() { registers.store(Self.ics, cause) }

    /// Takes the interrupt back.
    package func acknowledge() {
        registers.store(Self.icr, cause)
        registers.store(Self.ims, cause)
    }

    /// Asks the device for its status, which always has bits that are 0.
    /// - Throws: `Refusal` of a device that is silent.
    package func checkItAnswers() throws(Refusal) { _ = try registers.answering(8) }

    /// Resets the device by CTRL.RST, bit 26 of the register at 0 (82574 data sheet, 10.2.2.1).
    ///
    /// Its interrupts are masked first, and it must be left alone for a while afterwards.
    package static func resetByRegister(_ registers: Window) throws(Refusal) {
        try registers.want(0x100)
        _ = try registers.answering(8)
        registers.store(imc, .max)
        registers.store(0, registers.load(0) | 1 << 26)
    }
}
