// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import Vocabulary

/// Writes registers as `lspci -xxxx` and the agent do.
enum RegisterPrinter {
    static func configuration(_ bytes: [UInt8]) -> String {
        stride(from: 0, to: bytes.count, by: 16).map { start in
            let row = bytes[start..<min(start + 16, bytes.count)]
            return Hexadecimal.digits(UInt64(start), width: 2) + ": "
                + row.map { Hexadecimal.digits(UInt64($0), width: 2) }.joined(separator: " ") + "\n"
        }.joined()
    }

    /// An entry a line: address low and high, data, control.
    static func table(_ registers: PCIRegisters) -> String {
        registers.entries.map { entry in
            let address = entry.message.address.rawValue
            let words = [
                address & 0xffff_ffff, address >> 32, UInt64(entry.message.data),
                entry.isMasked ? 1 : 0,
            ]
            return words.map { Hexadecimal.digits($0, width: 8) }.joined(separator: " ") + "\n"
        }.joined()
    }

    /// A word of 64 bits a line.
    static func pending(_ registers: PCIRegisters) -> String {
        let words = (registers.entries.count + 63) / 64
        return (0..<words).map { word in
            let bits = registers.pending.filter { $0 / 64 == word }
            let value = bits.reduce(UInt64(0)) { $0 | 1 << UInt64($1 % 64) }
            return Hexadecimal.digits(value, width: 16) + "\n"
        }.joined()
    }
}

/// Writes what sysfs says of groups.
enum GroupPrinter {
    /// M22: the window is missing for every opened device of a group but the first.
    static func reservedRegions(_ kernel: Kernel, _ function: PCIFunction) -> String {
        let isFirst = function.group.functions.first === function || !function.wasOpened
        return kernel.reservedRegions(of: function.group)
            .filter { kernel.mutant != .m22 || isFirst || $0.kind != .msi }
            .map {
                Hexadecimal.prefixed($0.range.first.rawValue, width: 16) + " "
                    + Hexadecimal.prefixed($0.range.last.rawValue, width: 16) + " "
                    + $0.kind.rawValue + "\n"
            }.joined()
    }
}

/// Writes `/proc/interrupts` (`show_interrupts`, kernel/irq/proc.c, 6.1).
enum InterruptsPrinter {
    static func text(_ kernel: Kernel) -> String {
        let processors = (0..<Kernel.processors).map { "CPU\($0)       " }.joined()
        return "           \(processors)\n"
            + " 13:       1455       1414     GICv3  26 Level     arch_timer\n"
            + kernel.interrupts.keys.sorted().compactMap { kernel.interrupts[$0] }
            .map { line($0, kernel) }.joined()
            + "IPI0:        41         49       Rescheduling interrupts\nErr:          0\n"
    }

    private static func line(_ interrupt: LinuxInterrupt, _ kernel: Kernel) -> String {
        let counts = interrupt.counts.map { padded(String($0), 10) + " " }.joined()
        return padded(String(interrupt.number), 3) + ": " + counts + " "
            + padded(chip(of: interrupt, kernel), 8) + " "
            + padded(String(hardwareNumber(of: interrupt, kernel)), 3) + " Edge      "
            + interrupt.action + "\n"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.utf8.count)) + text
    }

    /// `ITS-MSI` and `MSI` in 6.1, `ITS-PCI-MSIX-0000:01:00.0` and its like in 6.12.
    private static func chip(of interrupt: LinuxInterrupt, _ kernel: Kernel) -> String {
        let kind = kernel.board.controllers[interrupt.ticket.controller].kind
        let kindName = interrupt.kind == .msix ? "MSIX" : "MSI"
        let device = interrupt.function.address
        return switch (kind, kernel.traits.namesChipByDevice) {
        case (.frame, false): "MSI"
        case (.frame, true): "GICv2m-PCI-\(kindName)-\(device)"
        case (.its, false), (.preITS, false): "ITS-MSI"
        case (.its, true), (.preITS, true): "ITS-PCI-\(kindName)-\(device)"
        case (.mbi, _): "MBI"
        }
    }

    /// `pci_msi_domain_calc_hwirq` in 6.1, the vector alone in 6.12.
    private static func hardwareNumber(
        of interrupt: LinuxInterrupt, _ kernel: Kernel
    ) -> UInt64 {
        guard !kernel.traits.namesChipByDevice else { return UInt64(interrupt.vector) }
        let address = interrupt.function.address
        return UInt64(interrupt.vector) | UInt64(address.requesterID) << 11
            | UInt64(address.domain) << 27
    }
}
