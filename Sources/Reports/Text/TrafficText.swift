// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import Vocabulary

extension TextReport {
    /// The account of each vector that rang by a plan, and how long its interrupts took.
    static func traffic(_ report: RunReport, _ ink: Ink) -> [String] {
        let header = [
            "board", "traffic", "device", "vector", "raised", "arrived", "merged", "lost",
            "spurious", "p50", "p99", "max",
        ]
        var table = TextTable(header: header, ink: ink)
        var notes: [String] = []
        var isEmpty = true
        for found in report.cases {
            for sighting in found.judgement.traffic {
                isEmpty = false
                let place = "\(found.name) step \(sighting.step)"
                for lane in sighting.account.lanes.prefix(mostLanes) {
                    table.add(cells(found.board, place, lane))
                }
                if let note = note(sighting.account) {
                    notes.append("    \(found.board) \(place): \(note)")
                }
            }
        }
        return isEmpty ? [] : table.lines + notes
    }

    /// So many vectors of a step are shown; the archive has all of them.
    private static let mostLanes = 8

    private static func cells(
        _ board: BoardName, _ place: String, _ lane: LaneRecord
    ) -> [TextTable.Cell] {
        let numbers = [lane.raised, lane.arrived, lane.merged, lane.lost, lane.spurious]
        let counts =
            lane.overflowed ? ["\(lane.raised)", "?", "?", "?", "?"] : numbers.map { "\($0)" }
        let latency = lane.latency.map { [$0.median, $0.percentile99, $0.worst].map(micro) }
        let words = [board.text, place, "\(lane.device)"]
        let rest = ["\(lane.vector.rawValue)"] + counts + (latency ?? ["—", "—", "—"])
        return words.map { TextTable.Cell(text: $0) }
            + rest.map { TextTable.Cell(text: $0, isRightAligned: true) }
    }

    /// A latency for people, in microseconds: `84 µs`.
    private static func micro(_ nanoseconds: UInt64) -> String {
        "\((nanoseconds + 500) / 1000) µs"
    }

    /// What was done meanwhile, and what the table leaves out.
    private static func note(_ account: TrafficRecord) -> String? {
        var words: [String] = []
        let hidden = account.lanes.count - mostLanes
        if hidden > 0 { words.append("\(hidden) more vectors rang") }
        if account.moves > 0 { words.append("\(account.moves) moves to another processor") }
        if account.rearmings > 0 { words.append("armed again \(account.rearmings) times") }
        if account.resets > 0 { words.append("reset \(account.resets) times") }
        let maskings = account.lanes.reduce(0) { $0 + $1.maskings }
        if maskings > 0 { words.append("\(maskings) raises under a mask") }
        if let storm = account.storm {
            words.append(
                "a storm of \(storm.rounds) maps, of which \(storm.maps) succeeded, "
                    + "with \(storm.overlaps) armings in it")
        }
        if account.lanes.contains(where: \.overflowed) { words.append("an eventfd overflowed") }
        return words.isEmpty ? nil : words.joined(separator: ", ")
    }
}
