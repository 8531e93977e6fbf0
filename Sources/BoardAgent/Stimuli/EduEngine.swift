// SPDX-License-Identifier: GPL-3.0-or-later

package import AgentProtocol

/// The DMA engine of QEMU's `edu` (docs/specs/edu.txt): source at 0x80, destination at 0x88, count at
/// 0x90, command at 0x98, and 4096 bytes of its own at 0x40000.
///
/// It puts on the bus the address masked by its property `dma_mask`, 28 bits unless QEMU is told
/// otherwise. It says nothing of an access that failed, and its bytes can only be fetched by itself.
package struct EduEngine<Window: Registers> {
    private let registers: Window
    /// A count that leaves the device's own bytes makes QEMU exit (`edu_check_range`, 7.2).
    private static var buffer: UInt64 { 0x40000 }
    /// The command register, whose bit 0 stands while the engine works.
    package static var command: Int { 0x98 }

    /// Checks that an edu answers.
    /// - Throws: `Refusal` of a device that is silent, is no edu, or whose engine is at work.
    package init(_ registers: Window) throws(Refusal) {
        try EduIdentity.check(registers)
        self.registers = registers
        guard !isBusy else { throw .deviceBusy(register: UInt32(Self.command)) }
    }

    /// Whether the engine is at work.
    package var isBusy: Bool { registers.load(Self.command) & 1 != 0 }

    /// Starts to fetch four bytes from an address into the device's own.
    package func fetch(from address: UInt64) {
        start(from: address, to: Self.buffer, command: 1)
    }

    /// Starts to write the first four of the device's own bytes to an address.
    package func put(to address: UInt64) {
        start(from: Self.buffer, to: address, command: 3)
    }

    private func start(from source: UInt64, to destination: UInt64, command: UInt32) {
        registers.store64(0x80, source)
        registers.store64(0x88, destination)
        registers.store64(0x90, 4)
        registers.store(Self.command, command)
    }
}
