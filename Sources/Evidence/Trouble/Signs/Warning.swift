// SPDX-License-Identifier: GPL-3.0-or-later

extension TroubleSign {
    /// Reads `WARNING: CPU: 1 PID: 7 at file.c:9 name+0x24/0x34` (`kernel/panic.c`, 6.12).
    ///
    /// Later kernels write the place first and the CPU behind it. Lockdep's begin with words.
    @Sendable static func warning(_ message: MessageBytes) -> TroubleSign? {
        guard let end = message.end(ofWord: "WARNING: ") else { return nil }
        let rest = message.text(from: end)
        if let words = splats.first(where: rest.hasPrefix) {
            return TroubleSign(.warning, "WARNING: \(words)", isTraced: true)
        }
        let isWarn = rest.hasPrefix("CPU: ") || rest.contains(".c:") || rest.contains(".h:")
        guard isWarn else { return nil }
        let function = rest.split(separator: " ").lazy.compactMap { FunctionName.read($0) }.first
        return TroubleSign(.warning, "WARNING", function: function, isTraced: true)
    }

    /// `kernel/locking/lockdep.c`, 6.12.
    private static let splats = [
        "possible circular locking dependency detected", "possible recursive locking detected",
        "possible irq lock inversion dependency detected", "inconsistent lock state",
        "suspicious RCU usage", "bad unlock balance detected!", "held lock freed!",
        "lock held when returning to user space!", "Nested lock was not taken",
    ]
}
