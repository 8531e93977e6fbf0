// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// One interrupt of `/proc/interrupts`.
package struct InterruptLine: Sendable, Hashable, Codable {
    /// Linux's own number, which a later allocation may reuse.
    package let number: UInt64
    /// One for each CPU that is online.
    package let counts: [UInt64]
    /// The irqchip: `ITS-MSI` in 6.1, `ITS-PCI-MSI-0000:00:02.0` in 6.12.
    package let chip: String
    /// The number inside the chip's own domain; it is not the GIC's where domains are stacked.
    package let hardwareNumber: UInt64?
    package let actions: [String]
    package let line: RawLine

    package init(
        number: UInt64, counts: [UInt64], chip: String, hardwareNumber: UInt64?,
        actions: [String], line: RawLine
    ) {
        self.number = number
        self.counts = counts
        self.chip = chip
        self.hardwareNumber = hardwareNumber
        self.actions = actions
        self.line = line
    }

    /// The sum over all CPUs, modulo 2⁶⁴.
    package var total: UInt64 { counts.reduce(0, &+) }

    /// The vectors of passed-through devices that share this line; almost always one.
    package var vectors: [VFIOVector] { actions.compactMap { VFIOVector($0) } }
}

/// A vector as VFIO names its interrupt action (`drivers/vfio/pci/vfio_pci_intrs.c`, 6.1).
package struct VFIOVector: Sendable, Hashable, Codable {
    package let kind: InterruptKind
    package let vector: VectorIndex
    package let device: PCIAddress

    package init(kind: InterruptKind, vector: VectorIndex, device: PCIAddress) {
        self.kind = kind
        self.vector = vector
        self.device = device
    }

    /// Reads `vfio-msi[0](0000:00:02.0)`, `vfio-msix[3](…)` or `vfio-intx(…)`.
    package init?(_ action: String) {
        var scanner = LineScanner(action)
        guard scanner.skip("vfio-"), let name = scanner.upTo("("), action.hasSuffix(")"),
            let device = PCIAddress(scanner.rest.dropLast())
        else { return nil }
        var inner = LineScanner(name)
        if let kind = inner.upTo("[") {
            guard let kind = InterruptKind(name: String(kind)), let vector = inner.decimal(),
                let vector = UInt32(exactly: vector), inner.skip("]"), inner.isAtEnd
            else { return nil }
            self.init(kind: kind, vector: VectorIndex(rawValue: vector), device: device)
        } else {
            guard let kind = InterruptKind(name: String(name)) else { return nil }
            self.init(kind: kind, vector: VectorIndex(rawValue: 0), device: device)
        }
    }
}
