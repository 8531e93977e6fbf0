// SPDX-License-Identifier: GPL-3.0-or-later

/// What the simulated kernel prints, as `dmesg -r` shows it.
struct KernelLog {
    private(set) var text = ""
    /// How many bytes of the text steps have already been shown.
    private var shown = 0
    private var faults = 0
    private var faultsBegan: UInt64 = 0

    mutating func print(_ message: String, level: Int = 6, at clock: KernelClock) {
        text += "<\(level)>[\(clock.text(width: 5))] \(message)\n"
    }

    /// A `WARN_ON`, without the registers and the stack that nobody reads here (`lib/bug.c`).
    mutating func warn(at place: String, process: Int32, _ clock: KernelClock) {
        print("------------[ cut here ]------------", level: 4, at: clock)
        print("WARNING: CPU: 1 PID: \(process) at \(place)", level: 4, at: clock)
        print("---[ end trace 0000000000000000 ]---", level: 4, at: clock)
    }

    /// Whether one more fault may be printed: ten in five seconds (`DEFAULT_RATELIMIT_BURST`).
    mutating func admitsFault(at clock: KernelClock) -> Bool {
        if clock.nanoseconds - faultsBegan > 5_000_000_000 {
            faultsBegan = clock.nanoseconds
            faults = 0
        }
        faults += 1
        return faults <= 10
    }

    /// What came since the last time that this was asked.
    mutating func news() -> String {
        let all = text.utf8
        defer { shown = all.count }
        return String(text[all.index(all.startIndex, offsetBy: shown)...])
    }
}
