// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What a board's `/sys/bus/pci` says, brought here to be read by our own libpci.
///
/// Run `program` on the board, give its output to `init(parsing:)`, write the result into an empty
/// folder with `write(to:)`, and capture from that folder: the answer is the one that libpci would
/// give on the board.
package struct SysfsMirror: Hashable, Sendable {
    package internal(set) var functions: [MirroredFunction] = []
}

/// The files and links of one function.
package struct MirroredFunction: Hashable, Sendable {
    package let address: PCIAddress
    /// Its folder below `/sys/devices`: `pci0000:00/0000:00:01.0/0000:01:00.0`.
    package internal(set) var path: [String] = []
    /// The files that hold one number, with their text.
    package internal(set) var values: [MirroredFile: String] = [:]
    /// The lines of `resource`: start, end and flags of each region.
    package internal(set) var resources: [String] = []
    package internal(set) var driver: String?
    package internal(set) var iommuGroup: String?
    package internal(set) var configuration: [UInt8] = []

    init(address: PCIAddress) {
        self.address = address
    }
}

/// The files of a function that hold one number (pciutils 3.9.0, lib/sysfs.c).
package enum MirroredFile: String, Hashable, Sendable, CaseIterable {
    case vendor
    case device
    case `class`
    case revision
    case subsystemVendor = "subsystem_vendor"
    case subsystemDevice = "subsystem_device"
    case interrupt = "irq"
    case numaNode = "numa_node"

    /// Without these libpci gives up.
    static let mandatory: [MirroredFile] = [.vendor, .device, .class, .interrupt]
}
