// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence

/// What looking at a case for one invariant gave.
struct Observations: Sendable {
    /// How many times it held.
    private(set) var held = 0
    private(set) var findings: [Finding] = []
    /// Why something that it applies to could not be seen.
    private(set) var blind: [String] = []

    private let id: InvariantID

    init(_ id: InvariantID) { self.id = id }

    mutating func hold() { held += 1 }

    mutating func cannotSee(_ reason: String) { blind.append(reason) }

    mutating func find(
        _ subject: String, expected: String, observed: String, lines: [RawLine]
    ) {
        findings.append(
            Finding(
                invariant: id, subject: subject, expected: expected, observed: observed,
                lines: lines))
    }

    /// Holds when the condition is true, and is a finding otherwise.
    mutating func check(
        _ condition: Bool, _ subject: String, expected: @autoclosure () -> String,
        observed: @autoclosure () -> String, lines: @autoclosure () -> [RawLine]
    ) {
        if condition { return hold() }
        find(subject, expected: expected(), observed: observed(), lines: lines())
    }

    /// A finding outweighs what held; what held outweighs what could not be seen.
    func state(otherwise reason: String) -> InvariantResult.State {
        if !findings.isEmpty { return .broken(findings) }
        if held > 0 { return .held(observations: held) }
        if let first = blind.first { return .notObserved(reason: first) }
        return .notApplicable(reason: reason)
    }
}
