// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Vocabulary

/// Says of each trace event of the agent during which call it happened.
///
/// Map events carry no domain and no device: the process, the time and the page must tell.
struct CallWindows {
    /// Trace text is rounded to microseconds, so an event may seem to fall this far outside its
    /// call.
    private static let rounding: UInt64 = 1000

    struct Window {
        let began: UInt64
        let ended: UInt64
        let step: Int
        let name: String
        /// Whether the kernel refused the call.
        let failed: Bool
    }

    private let windows: [Window]

    init(_ record: CaseRecord) {
        let all = record.steps.enumerated().flatMap { position, step in
            step.calls.map {
                Window(
                    began: $0.began.rawValue, ended: $0.ended.rawValue, step: position,
                    name: $0.name, failed: $0.errno != .none)
            }
        }
        windows = all.sorted { $0.began < $1.began }
    }

    /// Finds the last call that began before an instant and had not ended.
    func window(at instant: BoardInstant) -> Window? {
        let instant = instant.rawValue
        var low = 0
        var high = windows.count
        while low < high {
            let middle = (low + high) / 2
            if windows[middle].began <= instant { low = middle + 1 } else { high = middle }
        }
        if low > 0, instant <= windows[low - 1].ended { return windows[low - 1] }
        if low > 0, instant - windows[low - 1].ended <= Self.rounding { return windows[low - 1] }
        guard low < windows.count, windows[low].began - instant <= Self.rounding else { return nil }
        return windows[low]
    }
}
