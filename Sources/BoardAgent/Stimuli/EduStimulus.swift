// SPDX-License-Identifier: GPL-3.0-or-later

package import AgentProtocol

/// QEMU's `edu`, 1234:11e8 (docs/specs/edu.txt): a write to 0x60 raises, a write to 0x64 takes back.
package struct EduStimulus<Window: Registers>: Stimulus {
    /// What is written where, for the report.
    package let name = "edu BAR0+0x60"
    /// How long the device needs quiet before it may be disarmed.
    package let rest = Nanoseconds.zero
    /// How long it must be left alone between two raises.
    package let gap = Nanoseconds.zero
    private let registers: Window

    /// Checks that an edu answers.
    /// - Throws: `Refusal` of a device that is silent, or is no edu.
    package init(_ registers: Window) throws(Refusal) {
        try EduIdentity.check(registers)
        self.registers = registers
    }

    /// Makes the device raise the vector once.
    package func raise() { registers.store(0x60, 1) }
    /// Takes the interrupt back.
    package func acknowledge() { registers.store(0x64, 1) }

    /// Asks the device for its identity.
    /// - Throws: `Refusal` of a device that is silent.
    package func checkItAnswers() throws(Refusal) { _ = try registers.answering(0) }
}

/// The same device, which raises at the end of a computation: a factorial (docs/specs/edu.txt,
/// 0x08 and bit 7 of 0x20).
package struct EduFactorialStimulus<Window: Registers>: Stimulus {
    /// What is written where, for the report.
    package let name = "edu BAR0+0x08, factorial"
    /// How long the device needs quiet before it may be disarmed.
    package let rest = Nanoseconds.zero
    /// How long it must be left alone between two raises.
    package let gap = Nanoseconds.zero
    private let registers: Window
    /// Which factorial is wanted: small, so that the computation costs nothing.
    private static var operand: UInt32 { 5 }

    /// Checks that an edu answers, and lets it raise when it is done.
    /// - Throws: `Refusal` of a device that is silent, or is no edu.
    package init(_ registers: Window) throws(Refusal) {
        try EduIdentity.check(registers)
        self.registers = registers
        registers.store(0x20, 0x80)
    }

    /// Makes the device raise the vector once.
    package func raise() { registers.store(0x08, Self.operand) }

    /// The cause that a computation leaves is bit 0 of the status at 0x24.
    package func acknowledge() { registers.store(0x64, 1) }

    /// Asks the device for its identity.
    /// - Throws: `Refusal` of a device that is silent.
    package func checkItAnswers() throws(Refusal) { _ = try registers.answering(0) }
}

/// How an edu is told from another device.
enum EduIdentity {
    /// Its identity at 0x00, and the register at 0x04 that inverts what is written.
    static func check(_ registers: some Registers) throws(Refusal) {
        try registers.want(0x100)
        let identity = try registers.answering(0)
        guard identity & 0xFFFF == 0x00ED else {
            throw .unexpectedRegister(register: 0, found: identity)
        }
        registers.store(4, 0x1234_5678)
        let inverted = registers.load(4)
        guard inverted == ~0x1234_5678 else {
            throw .unexpectedRegister(register: 4, found: inverted)
        }
    }
}
