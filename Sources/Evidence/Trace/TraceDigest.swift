// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// What a trace of any length comes to, taken in batches of lines.
///
/// The memory it takes is that of the mappings that are live, of the processes seen, and of the
/// first lines that are damaged: it does not grow with the trace.
package struct TraceDigest: Sendable {
    private let file: String
    private let process: Int32?
    private var tally: [TraceProcess] = []
    private var places: [Int32: Int] = [:]
    /// The place of the process of the last event.
    private var recent = 0
    private var lineCount = 0
    private var order = TraceOrder()
    /// The first hundred lines that are damaged.
    package private(set) var damage: [Damage] = []
    /// How many damaged lines there are.
    package private(set) var damageCount = 0

    /// Begins a trace.
    ///
    /// - Parameters:
    ///   - file: the name that damaged lines are shown with.
    ///   - process: whose events are counted; those of all when nothing is given.
    package init(file: String, process: Int32? = nil) {
        (self.file, self.process) = (file, process)
    }

    /// What each process did, in the order of their numbers.
    package var processes: [TraceProcess] { tally.sorted { $0.process < $1.process } }

    /// Takes the lines that follow on those taken before.
    package mutating func take(_ batch: TraceBatch) {
        for (note, line, bytes) in batch.notes {
            let raw = raw(batch, line, bytes)
            switch note {
            case .entries(let entries): order.take(entries: entries, raw)
            case .flaw(let flaw):
                order.take(flaw)
                take(Damage(flaw.what, raw, expected: flaw.expected))
            }
        }
        for entry in batch.entries {
            if order.goesBack(to: entry.time) {
                let flaw = TraceFlaw.earlierTime
                let raw = raw(batch, Int(entry.line), entry.bytes)
                take(Damage(flaw.what, raw, expected: flaw.expected))
            }
            take(entry)
        }
        lineCount += batch.lineCount
    }

    /// Ends the text: what its header promised must have come.
    package mutating func finish() {
        if let missing = order.damage(file: file) { take(missing) }
    }

    private mutating func take(_ damage: Damage) {
        damageCount += 1
        if self.damage.count < 100 { self.damage.append(damage) }
    }

    @inline(__always)
    private mutating func take(_ entry: TraceBatch.Entry) {
        if let process, entry.process != process { return }
        if recent >= tally.count || tally[recent].process != entry.process {
            choose(entry.process)
        }
        tally[recent].take(entry.mapping)
    }

    private mutating func choose(_ process: Int32) {
        recent = places[process] ?? tally.count
        guard recent == tally.count else { return }
        places[process] = recent
        tally.append(TraceProcess(process: process))
    }

    private func raw(_ batch: TraceBatch, _ line: Int, _ bytes: Range<Int>) -> RawLine {
        RawLine(file: file, number: lineCount + line, text: batch.text(bytes))
    }
}

/// What one process did in a trace.
///
/// Map and unmap events name no domain, so that two domains of one process cannot be told apart:
/// what they map at the same IOVA counts once, and shows as overlaps and as unmaps of nothing.
package struct TraceProcess: Sendable {
    package let process: Int32
    package fileprivate(set) var maps = 0
    package fileprivate(set) var unmaps = 0
    /// Events that neither map nor unmap.
    package fileprivate(set) var others = 0
    /// Maps of what was mapped already, in part or whole.
    package fileprivate(set) var overlaps = 0
    /// Unmaps of what was not mapped, in part or whole.
    package fileprivate(set) var misses = 0
    /// Unmaps of which the kernel says that it took out less, or more.
    package fileprivate(set) var shortfalls = 0
    /// What is mapped at the end.
    package fileprivate(set) var live = LiveMappings()
}

extension TraceProcess {
    fileprivate mutating func take(_ mapping: TraceMapping?) {
        guard let mapping else {
            others += 1
            return
        }
        let range = mapping.range
        if mapping.isMap {
            maps += 1
            if !live.map(range) { overlaps += 1 }
        } else {
            unmaps += 1
            let size = range.last.rawValue &- range.first.rawValue &+ 1
            if mapping.result != size { shortfalls += 1 }
            if !live.unmap(range) { misses += 1 }
        }
    }
}
