// SPDX-License-Identifier: GPL-3.0-or-later

package import AgentProtocol
package import Vocabulary

/// QEMU's `ivshmem-doorbell`, 1af4:1110 (docs/specs/ivshmem-spec.txt): a write of a peer and a vector
/// to 0x0C signals that peer, and a device may name itself.
///
/// It needs a server of QEMU's beside the board. Nothing was seen of it here yet.
package struct IvshmemStimulus<Window: Registers>: Stimulus {
    /// What is written where, for the report.
    package let name = "ivshmem BAR0+0x0c"
    /// How long the device needs quiet before it may be disarmed.
    package let rest = Nanoseconds.zero
    /// How long it must be left alone between two raises.
    package let gap = Nanoseconds.zero
    private let registers: Window
    private let order: UInt32

    /// Asks the device which peer it is.
    /// - Throws: `Refusal` of a device that is silent: it has no number until its server gave one,
    ///   and reads as all ones until then.
    package init(_ registers: Window, vector: VectorIndex) throws(Refusal) {
        try registers.want(0x10)
        let peer = try registers.answering(8)
        guard peer <= 0xFFFF else { throw .unexpectedRegister(register: 8, found: peer) }
        guard vector.rawValue <= 0xFFFF else {
            throw .beyondLimit(number: UInt64(vector.rawValue), limit: 0xFFFF)
        }
        self.registers = registers
        order = peer << 16 | vector.rawValue
    }

    /// Makes the device raise the vector once.
    package func raise() { registers.store(0x0C, order) }

    /// With MSI-X there is nothing to take back.
    package func acknowledge() {}

    /// Asks the device for its number.
    /// - Throws: `Refusal` of a device that is silent.
    package func checkItAnswers() throws(Refusal) { _ = try registers.answering(8) }
}
