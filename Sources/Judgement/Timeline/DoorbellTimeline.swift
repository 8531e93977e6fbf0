// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// The doorbell maps of one domain, and which of them are live at each step.
struct DoorbellTimeline: Sendable {
    /// What is live from an event on.
    private struct Change: Sendable {
        let step: Int
        let live: [Int]
    }

    /// The map events in the trace's order, by their places in it.
    private(set) var maps: [Int] = []
    private var changes: [Change] = []

    private var now: [Int] { changes.last?.live ?? [] }

    mutating func map(_ event: Int, step: Int) {
        maps.append(event)
        changes.append(Change(step: step, live: now + [event]))
    }

    /// Takes maps out and gives those that went.
    mutating func unmap(step: Int, where isGone: (Int) -> Bool) -> [Int] {
        let gone = now.filter(isGone)
        if !gone.isEmpty {
            changes.append(Change(step: step, live: now.filter { !gone.contains($0) }))
        }
        return gone
    }

    /// What is live once a step has ended.
    func live(after step: Int) -> [Int] {
        var low = 0
        var high = changes.count
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].step <= step { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? changes[low - 1].live : []
    }
}
