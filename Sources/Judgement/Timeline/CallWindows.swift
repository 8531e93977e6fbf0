// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Vocabulary

/// Says of each trace event of the agent during which call it happened.
///
/// Map events carry no domain and no device: the process, the time and the page must tell.
struct CallWindows {
    /// Trace text is rounded to the nearest microsecond (`ns2usecs`, `kernel/trace/trace.c`, 6.1),
    /// so an event may seem to fall this far outside its call.
    private static let rounding: UInt64 = 500

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

    /// Finds the last call that began before an instant and had not ended, or else the one that the
    /// instant may belong to once it is not rounded.
    ///
    /// Undecided is what may as well belong to a call of another step: two devices or containers
    /// whose calls follow on each other at once.
    func window(at instant: BoardInstant) -> (window: Window?, isUndecided: Bool) {
        let instant = instant.rawValue
        let latest = instant.addingReportingOverflow(Self.rounding)
        let earliest = instant.subtractingReportingOverflow(Self.rounding)
        let end = count(begunBy: latest.overflow ? .max : latest.partialValue)
        // The last three: calls of one process follow on each other.
        let near = windows[max(end - 3, 0)..<end].filter {
            $0.ended >= (earliest.overflow ? 0 : earliest.partialValue)
        }
        let inside = near.last { $0.began <= instant && instant <= $0.ended }
        let window = inside ?? near.first
        return (window, near.contains { $0.step != window?.step })
    }

    private func count(begunBy instant: UInt64) -> Int {
        var low = 0
        var high = windows.count
        while low < high {
            let middle = (low + high) / 2
            if windows[middle].began <= instant { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
