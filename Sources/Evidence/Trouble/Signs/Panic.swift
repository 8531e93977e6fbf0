// SPDX-License-Identifier: GPL-3.0-or-later

extension TroubleSign {
    /// Reads `Kernel panic - not syncing: sysrq triggered crash` (`kernel/panic.c`, 6.12).
    @Sendable static func panic(_ message: MessageBytes) -> TroubleSign? {
        guard let end = message.end(of: "Kernel panic - not syncing") else { return nil }
        let reason = TroubleTitle.plain(message.text(from: end))
        return TroubleSign(.panic, "kernel panic" + (reason.isEmpty ? "" : reason))
    }
}
