// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Vocabulary

/// What an observer sees of one step beside how it ends, in the order in which it happens.
enum StepLines {
    static func all(of step: StepExpectation) -> [String] {
        events(of: step) + step.messages.map(message) + readings(of: step)
    }

    /// What the trace shows.
    private static func events(of step: StepExpectation) -> [String] {
        step.probes.map { "trace     map, then unmap, of \($0): VFIO probes for large pages" }
            + step.userUnmaps.map { "trace     unmap \($0)" }
            + step.userMaps.map { "trace     map \($0), user memory" }
            + step.doorbellUnmaps.map { "trace     unmap \(map($0))" }
            + step.doorbellMaps.map { "trace     map \(map($0))" }
    }

    private static func map(_ prediction: Prediction<DoorbellMap>) -> String {
        let places = prediction.all.map { "\($0.iova) -> \($0.page) size \($0.size)" }
        return "doorbell \(choice(places, of: prediction))"
    }

    private static func message(_ vector: VectorExpectation) -> String {
        let address = choice(vector.address.all.map(\.description), of: vector.address)
        let route = vector.map == nil ? ", untranslated" : ""
        return "\(vector.kind.name.padded(to: 9)) \(vector.device) \(vector.vector): address "
            + "\(address), data \(vector.data)\(route)"
    }

    private static func readings(of step: StepExpectation) -> [String] {
        var lines: [String] = []
        if let bytes = step.unmapped { lines.append("unmapped  \(bytes)") }
        if let count = step.arrivals { lines.append("eventfd   \(count) signals") }
        if let count = step.counted { lines.append("counted   \(count) in /proc/interrupts") }
        lines += (step.traffic?.lanes ?? []).map(traffic)
        if let storm = step.traffic?.storm { lines.append("storm     each map: \(storm)") }
        if let faults = step.faults {
            lines.append("SMMU      \(faults.map { $0 ? "a fault" : "no fault" })")
        }
        lines += step.log.map { "log       \($0.words)" }
        if let ranges = step.iovaRanges {
            lines.append("ranges    \(ranges.map(\.description).joined(separator: ", "))")
        }
        return lines
    }

    /// What comes of one vector of a plan.
    private static func traffic(_ lane: LaneExpectation) -> String {
        let name = "eventfd   \(lane.device) \(lane.vector): "
        if lane.overflow == .always { return name + "overflows" }
        guard let arrivals = lane.arrivals else { return name + "not predicted" }
        let exact = arrivals.lowerBound == arrivals.upperBound
        return name
            + (exact
                ? "\(arrivals.lowerBound)" : "\(arrivals.lowerBound) to \(arrivals.upperBound)")
            + " of \(lane.raised) raises" + (lane.reason.map { " (\($0))" } ?? "")
    }

    /// One value as it is; several with why there are.
    private static func choice<Value>(
        _ words: [String], of prediction: Prediction<Value>
    ) -> String {
        guard case .oneOf(_, let reason) = prediction else { return words.first ?? "none" }
        let told = words.count > 4 ? words.prefix(3) + ["…"] : words[...]
        return "one of \(words.count): \(told.joined(separator: ", ")) (\(reason))"
    }
}

extension LogExpectation {
    /// The line, as a reader of the log looks for it.
    fileprivate var words: String {
        switch self {
        case .noInterruptRemapping: "No interrupt remapping support…"
        case .interruptsNotSecure: "MSI interrupts are not secure…"
        case .removalWaits: "No device request channel registered, blocked…"
        case .warning: "a WARN with its stack"
        }
    }
}

extension String {
    /// Spaces behind, so that what follows stands in a column.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
