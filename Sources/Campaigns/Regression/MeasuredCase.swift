// SPDX-License-Identifier: GPL-3.0-or-later

package import Judgement
import ResultArchive
package import Vocabulary

/// What a case on a board showed of something that it measures.
package struct MeasuredCase: Sendable, Hashable {
    /// Board, suite and case: `virt-its traffic/rates`.
    package let name: String
    package let measure: Measure
    /// Nothing where it showed none.
    package let readings: [MeasureReading]
    /// The vectors whose interrupts nobody saw.
    package let silentVectors: [String]

    package init(
        name: String, measure: Measure, readings: [MeasureReading], silentVectors: [String] = []
    ) {
        self.silentVectors = silentVectors
        self.name = name
        self.measure = measure
        self.readings = readings
    }
}

extension MeasuredCase {
    /// What a case showed of everything that its suite says it measures.
    static func all(_ entry: JudgedOutcome, in suites: [SuiteOrder]) -> [MeasuredCase] {
        let outcome = entry.outcome
        let known = suites.first { $0.suite.name == outcome.suite }?.cases
            .first { $0.name == outcome.name }
        let readings = entry.judgement?.readings ?? []
        return (known?.measures.keys.sorted { $0.archived < $1.archived } ?? []).map { measure in
            MeasuredCase(
                name: "\(outcome.board) \(outcome.suite)/\(outcome.name)", measure: measure,
                readings: readings.filter { $0.measure == measure },
                silentVectors: measure.isLatency ? entry.judgement?.silentVectors ?? [] : [])
        }
    }

    /// What of the measure it does not show; nothing where it shows all.
    var gap: String? {
        if readings.isEmpty { return name }
        return silentVectors.isEmpty ? nil : "\(name) of \(silentVectors.joined(separator: ", "))"
    }
}

extension MeasureThreshold {
    /// The worst of all that was measured; nothing where nothing was.
    func worst(in cases: [MeasuredCase]) -> MeasuredSymptom? {
        var worst: MeasuredSymptom?
        for found in cases where found.measure == measure {
            for reading in found.readings
            where worst.map({ isWorse(reading.value, than: $0.value) }) ?? true {
                worst = MeasuredSymptom(
                    threshold: self, value: reading.value, place: "\(found.name), \(reading.place)")
            }
        }
        return worst
    }

    /// Why it cannot be said that the threshold was kept; nothing where it can.
    func gap(in cases: [MeasuredCase]) -> String? {
        let mine = cases.filter { $0.measure == measure }
        guard !mine.isEmpty else { return "no case measured \(measure)" }
        let silent = mine.compactMap(\.gap)
        return silent.isEmpty
            ? nil : "\(measure) was not shown by \(silent.joined(separator: ", "))"
    }
}
