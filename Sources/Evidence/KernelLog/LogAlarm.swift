// SPDX-License-Identifier: GPL-3.0-or-later

/// What in a kernel log means that something went wrong.
package enum LogAlarm: String, Sendable, Hashable, Codable, CaseIterable {
    case panic
    case oops
    case bug
    case warning
    case lockup
    /// An access that the SMMU refused; lines of this kind are rate limited by the kernel.
    case smmuEvent

    /// What each begins with or holds (`lib/bug.c`, `arch/arm64/mm/fault.c`, `arm-smmu-v3.c`, 6.1).
    private var marks: [String] {
        switch self {
        case .panic: ["Kernel panic - not syncing"]
        case .oops: ["Internal error: ", "Unable to handle kernel "]
        case .bug: ["BUG: ", "kernel BUG at "]
        case .warning: ["WARNING: CPU: "]
        case .lockup: ["watchdog: BUG: soft lockup", "rcu: INFO: rcu_", "blocked for more than"]
        case .smmuEvent: ["event 0x", "Unhandled context fault: ", "event: F_"]
        }
    }

    /// Says what a message alarms about; nothing for the most.
    package init?(_ message: String) {
        let found = Self.allCases.first { alarm in
            guard alarm != .smmuEvent || message.contains("smmu") else { return false }
            return alarm.marks.contains { message.contains($0) }
        }
        guard let found else { return nil }
        self = found
    }
}
