// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
package import Vocabulary

/// A number that a case has shown.
package struct MeasureReading: Sendable, Hashable, Codable {
    package let measure: Measure
    package let value: Measured
    /// Where in the case: "program.txt:4", "step 9, 0000:00:02.0 vector 0".
    package let place: String

    package init(measure: Measure, value: Measured, place: String) {
        self.measure = measure
        self.value = value
        self.place = place
    }
}

extension JudgedCase {
    /// What a foreign program states: of each name the lowest and the highest number.
    var statedMeasures: [MeasureReading] {
        guard let units = evidence.record.program?.program.measures, !units.isEmpty else {
            return []
        }
        return evidence.record.texts.filter { $0.source == .programOutput }.flatMap { text in
            StatedMeasure.extremes(in: text, of: units).map { stated in
                MeasureReading(
                    measure: .stated(stated.name), value: stated.value,
                    place: "\(stated.line.file):\(stated.line.number)")
            }
        }
    }
}

extension CaseJudgement {
    /// Every number of the case: what its program states, and how long interrupts took.
    package var readings: [MeasureReading] {
        measures
            + traffic.flatMap { sighting in
                sighting.account.lanes.flatMap { lane -> [MeasureReading] in
                    guard let latency = lane.latency else { return [] }
                    return Measure.Latency.allCases.map { kind in
                        MeasureReading(
                            measure: .latency(kind),
                            value: Measured(nanoseconds: latency[kind]),
                            place:
                                "step \(sighting.step), \(lane.device) vector \(lane.vector.rawValue)"
                        )
                    }
                }
            }
    }
}

extension CaseJudgement {
    /// The vectors that rang in the case without one interrupt that anybody saw: nobody knows how
    /// long those take.
    package var silentVectors: [String] {
        let lanes = traffic.flatMap(\.account.lanes).filter { $0.raised > 0 }
        let all = lanes.map { ("\($0.device) vector \($0.vector.rawValue)", $0.latency != nil) }
        let seen = Set(all.filter(\.1).map(\.0))
        return Set(all.map(\.0)).subtracting(seen).sorted()
    }
}

extension LatencyRecord {
    fileprivate subscript(kind: Measure.Latency) -> UInt64 {
        switch kind {
        case .median: median
        case .percentile99: percentile99
        case .worst: worst
        }
    }
}
