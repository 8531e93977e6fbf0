// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A place that MSIs are written to: a frame with one register, or a window of them.
package struct Doorbell: Sendable, Hashable, Codable {
    /// Which design the controller has; each has a file of its own beside this one.
    package enum Kind: Sendable, Hashable, Codable {
        /// A GICv2m frame, with the interrupts that it can raise and how its data names them.
        case gicV2m(spis: ClosedRange<InterruptID>, data: GICv2m.DataForm = .interruptID)
        /// Amazon Graviton's GICv2m, where the address names the interrupt.
        case graviton(spis: ClosedRange<InterruptID>)
        /// A GICv3 interrupt translation service.
        case its
        /// An ITS behind a Socionext Synquacer pre-ITS, with the window that devices write to.
        case preITS(window: PhysicalRange)
        /// Message based interrupts of a GICv3 distributor, with the runs of SPIs it has for them,
        /// and whether they are written to an alias that holds nothing else.
        case mbi(ranges: [ClosedRange<InterruptID>], isAlias: Bool = false)
    }

    package let kind: Kind
    /// Where the controller's registers begin.
    package let base: PhysicalAddress

    package init(kind: Kind, base: PhysicalAddress) {
        self.kind = kind
        self.base = base
    }

    /// The register that every device and every vector writes to.
    ///
    /// Nothing where it depends on the device or on the interrupt, or would lie beyond 64 bits.
    package var register: PhysicalAddress? {
        switch kind {
        case .gicV2m: base.advanced(by: .bytes(GICv2m.setSPIRegister))
        case .its: base.advanced(by: .bytes(GICv3ITS.translaterRegister))
        case .mbi: base.advanced(by: .bytes(GICv3MBI.setSPIRegister))
        case .graviton, .preITS: nil
        }
    }

    /// Whether a device can raise no other device's interrupts through it.
    ///
    /// Only an ITS with its own view of who writes: the pre-ITS takes the DevID from the address,
    /// so that its driver removes the flag (`its_enable_quirk_socionext_synquacer`, 6.1, 6.12).
    package var isIsolated: Bool { kind == .its }
}

extension Doorbell.Kind {
    /// The word in reports: `GICv2m`, `ITS`.
    package var name: String {
        switch self {
        case .gicV2m: "GICv2m"
        case .graviton: "Graviton GICv2m"
        case .its: "ITS"
        case .preITS: "pre-ITS"
        case .mbi: "MBI"
        }
    }
}
