// SPDX-License-Identifier: GPL-3.0-or-later

/// How the kernel that runs was booted, where that was done for it.
package struct BootManner: Sendable, Hashable, Codable, CustomStringConvertible {
    /// What did it: "kexec", "grub".
    package let method: String
    /// Whether the kernel before handed over without a reset: interrupt controller and SMMU are then
    /// found as it left them.
    package let isWarm: Bool

    package init(method: String, isWarm: Bool) {
        self.method = method
        self.isWarm = isWarm
    }

    /// As reports show it: "warm, kexec".
    package var description: String { "\(isWarm ? "warm" : "cold"), \(method)" }
}
