// SPDX-License-Identifier: GPL-3.0-or-later

package import AgentProtocol

/// The registers of a device, as its BAR shows them; offsets and lengths are in bytes.
///
/// The agent maps a real BAR; tests have one that remembers what was written.
package protocol Registers {
    /// How many bytes there are.
    var length: Int { get }
    /// Reads 32 bits in one access.
    func load(_ offset: Int) -> UInt32
    /// Writes 32 bits in one access.
    func store(_ offset: Int, _ value: UInt32)
    /// Writes 64 bits in one access.
    func store64(_ offset: Int, _ value: UInt64)
}

extension Registers {
    /// Refuses a BAR that is too short for a device of the kind.
    package func want(_ wanted: Int) throws(Refusal) {
        guard length >= wanted else { throw .wrongState(.notMappable) }
    }

    /// Reads a register that never holds all ones; a device that is gone answers with them.
    func answering(_ offset: Int) throws(Refusal) -> UInt32 {
        let value = load(offset)
        guard value != .max else { throw .deviceSilent(register: UInt32(offset)) }
        return value
    }
}
