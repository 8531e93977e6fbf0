// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A machine for QEMU to make: `-M virt` with what a lab file chooses.
package struct VirtualMachine: Hashable, Sendable {
    /// Decides the GIC too: version 2 for GICv2m, version 3 for the ITS.
    package let msiController: DoorbellFrame.Controller
    /// One of QEMU's CPU models.
    package let cpu: String
    package let cpus: Int
    package let memory: ByteCount
    /// Whether an SMMUv3 sits between PCI and memory.
    package let hasSMMU: Bool
    /// Whether the kernel starts at EL2 and has KVM.
    package let hasVirtualization: Bool
    /// Whether QEMU's own trace points are archived and judged beside what the kernel says.
    package let isObserved: Bool
    package let devices: [VirtualDevice]
    /// Words for the kernel's command line, behind those that every board needs.
    package let commandLine: [String]
    /// Whether it starts where it had booted once, instead of booting each time.
    package let startsFromSnapshot: Bool
    /// How long the board stands still before its kernel begins; nothing of it where not stated.
    package let firmwareWait: Duration
}

/// A PCI device of a virtual board.
package struct VirtualDevice: Hashable, Sendable {
    /// What QEMU can put into a slot.
    package enum Model: String, CaseIterable, Hashable, Sendable {
        case edu, e1000e, nvme
        case virtioRandom = "virtio-rng"
    }

    /// Unique on the board: `edu0`.
    package let name: DeviceName
    package let model: Model
    /// On bus 0, from 2 to 31; unique on the board together with `function`.
    package let slot: Int
    /// Which function of the slot it is, from 0 to 7.
    package let function: Int
    /// Whether a PCIe root port sits in the slot, and the device behind it.
    package let isBehindRootPort: Bool
    /// How many SR-IOV virtual functions it gets; 0 for none.
    package let virtualFunctions: Int
}
