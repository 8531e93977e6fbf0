// SPDX-License-Identifier: GPL-3.0-or-later

/// How the kernel that runs was booted, where that was done for it.
package struct BootManner: Sendable, Hashable, Codable, CustomStringConvertible {
    /// What did it: "kexec", "grub", "snapshot".
    package let method: String
    /// Whether there was no reset: interrupt controller and SMMU are then found as they were left
    /// before, by the kernel that handed over, or by this one.
    package let isWarm: Bool

    package init(method: String, isWarm: Bool) {
        self.method = method
        self.isWarm = isWarm
    }

    /// It has not booted at all: a virtual board goes on where it was kept once, just after a boot.
    package static let snapshot = BootManner(method: "snapshot", isWarm: true)

    /// As reports show it: "warm, kexec".
    package var description: String { "\(isWarm ? "warm" : "cold"), \(method)" }
}
