// SPDX-License-Identifier: GPL-3.0-or-later

/// Numbers that programs state are named.
package enum MeasureSubject {}
/// What a program calls a number that it states.
package typealias MeasureName = Name<MeasureSubject>

/// Something that a case measures.
package enum Measure: Hashable, Sendable {
    /// How long interrupts took, from the raise to the eventfd.
    case latency(Latency)
    /// What a foreign program states under a name.
    case stated(MeasureName)

    /// What of a vector's latencies is looked at.
    package enum Latency: String, Hashable, Sendable, CaseIterable {
        case median = "latency-p50"
        case percentile99 = "latency-p99"
        case worst = "latency-max"
    }

    /// Whether steps of traffic measure it.
    package var isLatency: Bool { if case .latency = self { true } else { false } }
}

extension Measure: ArchivedText, CustomStringConvertible {
    package init?(archived text: String) {
        if let latency = Latency(rawValue: text) {
            self = .latency(latency)
        } else {
            guard let name = MeasureName(text) else { return nil }
            self = .stated(name)
        }
    }

    package var archived: String {
        switch self {
        case .latency(let latency): latency.rawValue
        case .stated(let name): name.text
        }
    }

    package static var noun: String { "a measure" }
    package var description: String { archived }
}

extension SuiteCase {
    /// What the case measures, and in which unit.
    package var measures: [Measure: MeasureUnit] {
        var measures: [Measure: MeasureUnit] = [:]
        for step in steps {
            guard case .traffic = step else { continue }
            for latency in Measure.Latency.allCases { measures[.latency(latency)] = .time }
        }
        for (name, unit) in program?.measures ?? [:] { measures[.stated(name)] = unit }
        return measures
    }
}

/// What a measure must not pass.
package struct MeasureThreshold: Hashable, Sendable, Codable {
    /// On which side of the value it is wrong.
    package enum Side: String, Hashable, Sendable, Codable, CaseIterable {
        case above, below
    }

    package let measure: Measure
    package let side: Side
    package let value: Measured

    package init(_ measure: Measure, _ side: Side, _ value: Measured) {
        self.measure = measure
        self.side = side
        self.value = value
    }

    /// Whether a value of the same unit is wrong; one that is just met is not.
    package func isPassed(by other: Measured) -> Bool {
        switch side {
        case .above: other.amount > value.amount
        case .below: other.amount < value.amount
        }
    }

    /// Whether one value is more wrong than another.
    package func isWorse(_ one: Measured, than other: Measured) -> Bool {
        MeasureThreshold(measure, side, other).isPassed(by: one)
    }
}

extension MeasureThreshold: CustomStringConvertible {
    package var description: String { "\(measure) \(side.rawValue) \(value)" }
}
