// SPDX-License-Identifier: GPL-3.0-or-later

/// What kind of trouble a console or a kernel log tells of.
package enum TroubleKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// The kernel stopped itself: `Kernel panic - not syncing`.
    case panic
    /// The kernel did something that the processor refused.
    case oops
    /// The kernel found itself in a state that must not be.
    case bug
    case warning
    /// A CPU that does nothing but one thing, interrupts still being served.
    case softLockup
    /// A CPU that does not even serve interrupts.
    case hardLockup
    /// A CPU or task that kept RCU waiting.
    case rcuStall
    /// A task that slept for too long without being interruptible.
    case hungTask
    /// An access that the SMMU refused; lines of this kind are rate limited by the kernel.
    case smmuEvent
    /// An SMMU that fails itself: its command queue, its events, its registers.
    case smmuError
    /// A GIC, an ITS or a GICv2m frame that does not do as it is told, or an interrupt of nobody.
    case interruptController
    /// A boot banner that nobody asked for: the board began anew without a word.
    case reboot
    /// No byte for longer than the caller lets pass.
    case silence

    /// Whether the kernel that ran before is gone.
    package var isFatal: Bool { self == .panic || self == .reboot }
}

extension TroubleKind {
    /// Says what a single message of a kernel's log tells of; nothing for the most.
    package init?(_ message: String) {
        guard let sign = TroubleSign(MessageBytes(message)) else { return nil }
        self = sign.kind
    }
}
