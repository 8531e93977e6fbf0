// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

/// A PCI function with its registers and what the kernel keeps of it.
final class PCIFunction {
    let description: FunctionDescription
    var registers: PCIRegisters
    let group: IOMMUGroup
    /// The interrupts that are allocated for it, in the order of their vectors.
    var interrupts: [LinuxInterrupt] = []
    var kind: InterruptKind?
    /// The mask bits of its MSI capability.
    var maskedMSI: Set<UInt32> = []
    /// Whether its host driver has it.
    var hasHostDriver = false
    /// Whether it was pulled out of its slot.
    var isOut = false
    /// Whether its removal waits for the user that has it open.
    var isLeaving = false
    /// Whether VFIO has ever opened it.
    var wasOpened = false
    /// Bus mastering that a case has turned off stays off when the device is made to ring.
    var isHeldBack = false

    var address: PCIAddress { description.address }

    init(_ description: FunctionDescription, group: IOMMUGroup) {
        self.description = description
        self.group = group
        registers = PCIRegisters(description)
    }
}

/// Functions that no IOMMU can tell apart.
final class IOMMUGroup {
    let number: Int
    var functions: [PCIFunction] = []
    /// Where its devices' accesses go now.
    var domain: Domain?
    /// What the kernel gives it while nobody else has it.
    var defaultDomain: Domain?

    init(number: Int) { self.number = number }
}
