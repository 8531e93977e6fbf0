// SPDX-License-Identifier: GPL-3.0-or-later

import Judgement
import ResultArchive
import Vocabulary

/// A symptom that is a number, for people.
enum MeasuredText {
    /// `latency-p99 412 µs`.
    static func value(_ measured: MeasuredSymptom) -> String {
        "\(measured.threshold.measure) \(measured.value)"
    }

    /// The number, and where it was seen.
    static func whole(_ measured: MeasuredSymptom) -> String {
        "\(value(measured)) in \(measured.place)"
    }

    /// The numbers of both sides; nothing where none was measured.
    static func sides(_ story: BisectionStory) -> String? {
        let known = story.boots.filter { $0.evidence?.measured != nil }
        guard let threshold = known.first?.evidence?.measured?.threshold else { return nil }
        let sides = [BisectionBoot.Verdict.good, .bad].compactMap { verdict in
            span(known.filter { $0.verdict == verdict }.compactMap { $0.evidence?.measured?.value })
                .map { "\(verdict.rawValue) \($0)" }
        }
        return "measured: \(threshold.measure) \(sides.joined(separator: ", ")); "
            + "bad is \(threshold.side.rawValue) \(threshold.value)"
    }

    /// `84.5 µs`, or `84.5 µs to 101 µs`.
    private static func span(_ values: [Measured]) -> String? {
        guard let low = values.min(by: { $0.amount < $1.amount }),
            let high = values.max(by: { $0.amount < $1.amount })
        else { return nil }
        return low == high ? "\(low)" : "\(low) to \(high)"
    }
}

extension TextReport {
    /// The numbers that foreign programs stated.
    static func measures(_ report: RunReport, _ ink: Ink) -> [String] {
        var table = TextTable(header: ["board", "case", "measured", "value", "where"], ink: ink)
        for found in report.cases {
            for reading in found.judgement.measures {
                table.add([
                    .init(text: found.board.text), .init(text: found.title),
                    .init(text: "\(reading.measure)"),
                    .init(text: "\(reading.value)", isRightAligned: true),
                    .init(text: safe(reading.place)),
                ])
            }
        }
        return table.isEmpty ? [] : table.lines
    }
}
