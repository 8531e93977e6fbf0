// SPDX-License-Identifier: GPL-3.0-or-later

/// Memory that a device reaches by DMA; offsets are in bytes from its start.
package protocol DeviceMemory {
    /// Where the device finds it.
    var address: UInt64 { get }
    /// How many bytes there are.
    var length: Int { get }
    /// Reads 32 bits that the device may have written meanwhile.
    func load(_ offset: Int) -> UInt32
    /// Writes 32 bits for the device.
    func store(_ offset: Int, _ value: UInt32)
    /// Lets what was stored be seen before anything that follows.
    func publish()
}
