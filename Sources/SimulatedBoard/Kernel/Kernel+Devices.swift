// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

extension Kernel {
    /// `vfio_pci_core_enable()`: the device decodes, and masters nothing.
    func openDevice(_ function: PCIFunction) {
        function.wasOpened = true
        quieten(function)
    }

    private func quieten(_ function: PCIFunction) {
        function.registers.isBusMaster = false
        function.isHeldBack = false
    }

    /// `vfio_pci_core_disable()`.
    func closeDevice(_ function: PCIFunction) {
        freeVectors(function)
        quieten(function)
    }

    /// The group's last user is gone: it goes back to the kernel's own domain.
    func releaseOwnership(of group: IOMMUGroup) {
        guard traits.claimsOwnership, group.domain !== group.defaultDomain else { return }
        giveDefault(to: group)
    }

    /// `VFIO_DEVICE_SET_IRQS` with eventfds.
    func enableInterrupts(
        _ function: PCIFunction, _ kind: InterruptKind, _ count: UInt32
    ) -> Allocation {
        let most =
            switch kind {
            case .msi: function.description.msiVectors
            case .msix: function.description.msixVectors
            case .intx: UInt32(0)
            }
        guard count > 0, count <= most, function.kind == nil else { return .failed(.invalid) }
        return allocateVectors(function, kind, count, forUser: true) {
            "vfio-\(kind.name)[\($0)](\(function.address))"
        }
    }

    /// `VFIO_DEVICE_RESET`: state is saved before and restored after (`pci_dev_restore`).
    func reset(_ function: PCIFunction) {
        let wasMaster = function.registers.isBusMaster
        let saved = function.registers
        function.registers = PCIRegisters(function.description)
        if mutant == .m18 {
            // What an earlier owner had armed stands there again.
            restoreStale(function)
        } else {
            function.registers = saved
            function.registers.pending = []
        }
        function.registers.isBusMaster = wasMaster
    }

    private func restoreStale(_ function: PCIFunction) {
        let stale = MSIMessage(address: MessageAddress(rawValue: 0xdead_0040), data: 0)
        if function.kind == .msi {
            function.registers.enableMSI(stale, vectors: UInt32(function.interrupts.count))
        } else if function.kind == .msix {
            for index in function.interrupts.indices {
                function.registers.setEntry(
                    UInt32(index), PCIRegisters.Entry(message: stale, isMasked: false))
            }
            function.registers.enableMSIX(true)
        }
    }

    /// A reset by the device's own register: its MSI-X table is lost, and nobody restores it.
    func disturb(_ function: PCIFunction) {
        guard function.kind == .msix else { return }
        for index in function.registers.entries.indices {
            function.registers.setEntry(UInt32(index), PCIRegisters.Entry())
        }
        function.registers.pending = []
    }
}
