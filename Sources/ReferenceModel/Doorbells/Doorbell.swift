// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A register that MSIs are written to.
package struct Doorbell: Sendable, Hashable, Codable {
    /// Which design the controller has.
    package enum Kind: Sendable, Hashable, Codable {
        /// A GICv2m frame, with the interrupts that it can raise.
        case gicV2m(spis: ClosedRange<InterruptID>)
        /// A GICv3 interrupt translation service.
        case its
    }

    package let kind: Kind
    /// Where the controller's registers begin.
    package let base: PhysicalAddress

    package init(kind: Kind, base: PhysicalAddress) {
        self.kind = kind
        self.base = base
    }

    /// The register itself; nothing when it would lie beyond 64 bits.
    package var register: PhysicalAddress? {
        base.advanced(by: kind.registerOffset)
    }

    /// Whether a device can raise no other device's interrupts through it.
    ///
    /// ITS domains carry `IRQ_DOMAIN_FLAG_MSI_REMAP` (6.1) or `…_ISOLATED_MSI` (6.12), GICv2m's do
    /// not.
    package var isIsolated: Bool { kind == .its }
}

extension Doorbell.Kind {
    var registerOffset: ByteCount {
        switch self {
        case .gicV2m: .bytes(GICv2m.setSPIRegister)
        case .its: .bytes(GICv3ITS.translaterRegister)
        }
    }

    /// The word in reports: `GICv2m`, `ITS`.
    package var name: String {
        switch self {
        case .gicV2m: "GICv2m"
        case .its: "ITS"
        }
    }
}
