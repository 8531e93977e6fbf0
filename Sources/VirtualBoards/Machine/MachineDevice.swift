// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A PCI device of a virtual board, in a fixed slot.
package struct MachineDevice: Sendable, Hashable {
    /// What QEMU puts into the slot.
    package enum Model: Sendable, Hashable {
        /// QEMU's teaching device: 1234:11e8, one MSI, interrupts raised by a write.
        case edu
        /// A network card with MSI and MSI-X (Intel 82574L), connected to nothing.
        case e1000e
        /// A disk whose content is private to the run and empty.
        case nvme(capacity: ByteCount, virtualFunctions: Int = 0)
        /// Random numbers from the controller; without it the board's first SSH waits for seconds.
        case virtioRandom
    }

    /// QEMU's name for it, which `QMPClient.unplug` takes.
    package var id: String
    package var model: Model
    /// The slot on bus 0, from 2 to 31: 0 is the host bridge, 1 the card that carries SSH.
    package var slot: Int
    /// The function of the slot, from 0 to 7; the others are devices of their own.
    package var function = 0
    /// Whether a PCIe root port sits in the slot, and the device behind that.
    package var isBehindRootPort: Bool

    package init(id: String, model: Model, slot: Int, isBehindRootPort: Bool = false) {
        self.id = id
        self.model = model
        self.slot = slot
        self.isBehindRootPort = isBehindRootPort
    }

    /// Two edu, an e1000e behind a root port, a disk and a source of random numbers.
    package static let standard = [
        MachineDevice(id: "edu0", model: .edu, slot: 2),
        MachineDevice(id: "edu1", model: .edu, slot: 3),
        MachineDevice(id: "net1", model: .e1000e, slot: 4, isBehindRootPort: true),
        MachineDevice(id: "nvme0", model: .nvme(capacity: .mebibytes(16)), slot: 5),
        MachineDevice(id: "rng0", model: .virtioRandom, slot: 6),
    ]
}
