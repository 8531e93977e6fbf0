// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A virtual board as a lab file describes it: data, nothing that runs.
package struct MachineSpec: Sendable, Hashable {
    /// The board's name: its host name too.
    package var name: String
    package var interruptController: InterruptController
    /// One of QEMU's CPU models.
    ///
    /// `max` without `pauth-impdef=on` is five times slower.
    package var cpu: String
    package var cpus: Int
    package var memory: ByteCount
    /// Whether there is an SMMUv3 between PCI and memory.
    package var hasSMMU: Bool
    /// Whether the board's kernel starts at EL2 and has KVM.
    package var hasVirtualization: Bool
    package var devices: [MachineDevice]
    /// Whether QEMU's own trace points are heard while the board runs.
    package var isObserved: Bool
    /// Words for the kernel's command line, behind those that every board needs.
    package var kernelWords: [String]
    /// Whether it starts where it had booted once, instead of booting each time.
    package var startsFromSnapshot: Bool
    /// How long the board stands still before its kernel begins, as one with slow firmware does.
    package var firmwareWait: Duration

    package init(
        name: String, interruptController: InterruptController, cpu: String = "neoverse-n1",
        cpus: Int = 2, memory: ByteCount = .mebibytes(1024), hasSMMU: Bool = true,
        hasVirtualization: Bool = true, devices: [MachineDevice] = MachineDevice.standard,
        isObserved: Bool = true, kernelWords: [String] = [], startsFromSnapshot: Bool = false,
        firmwareWait: Duration = .zero
    ) {
        self.name = name
        self.interruptController = interruptController
        self.cpu = cpu
        self.cpus = cpus
        self.memory = memory
        self.hasSMMU = hasSMMU
        self.hasVirtualization = hasVirtualization
        self.devices = devices
        self.isObserved = isObserved
        self.kernelWords = kernelWords
        self.startsFromSnapshot = startsFromSnapshot
        self.firmwareWait = firmwareWait
    }

    /// GICv2 with one GICv2m frame: the stand-in for AMD's Overdrive.
    package static let virtV2M = MachineSpec(name: "virt-v2m", interruptController: .gicV2)
    /// GICv3 with an ITS: the stand-in for Cavium's ThunderX.
    package static let virtITS = MachineSpec(name: "virt-its", interruptController: .gicV3)
}

/// How MSIs become interrupts on the board.
package enum InterruptController: String, Sendable, Hashable, CaseIterable {
    /// GICv2, with one GICv2m frame for MSIs.
    case gicV2 = "gicv2m"
    /// GICv3, with an Interrupt Translation Service for MSIs.
    case gicV3 = "its"

    /// The value of QEMU's machine option `gic-version`.
    var version: String { self == .gicV2 ? "2" : "3" }
}
