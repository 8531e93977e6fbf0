// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence

/// What looking at a case for one invariant gave.
struct Observations: Sendable {
    /// How many times it held.
    private(set) var held = 0
    private(set) var findings: [Finding] = []
    /// What must be shown although it decides nothing.
    private(set) var remarks: [Finding] = []
    /// Why something that it applies to could not be seen.
    private(set) var blind: [String] = []

    private let id: InvariantID

    init(_ id: InvariantID) { self.id = id }

    mutating func hold() { held += 1 }

    mutating func cannotSee(_ reason: String) { blind.append(reason) }

    mutating func find(
        _ subject: String, kind: Finding.Kind = .contradiction, expected: String,
        observed: String, basis: String = Basis.exact, lines: [RawLine]
    ) {
        findings.append(
            Finding(
                invariant: id, kind: kind, subject: subject, expected: expected, observed: observed,
                basis: basis, lines: lines))
    }

    mutating func remark(
        _ kind: Finding.Kind, _ subject: String, expected: String, observed: String,
        basis: String = Basis.exact, lines: [RawLine]
    ) {
        remarks.append(
            Finding(
                invariant: id, kind: kind, subject: subject, expected: expected,
                observed: observed, basis: basis, lines: lines))
    }

    /// Holds when the condition is true, and is a finding otherwise.
    mutating func check(
        _ condition: Bool, _ subject: String, expected: @autoclosure () -> String,
        observed: @autoclosure () -> String, basis: @autoclosure () -> String = Basis.exact,
        lines: @autoclosure () -> [RawLine]
    ) {
        if condition { return hold() }
        find(
            subject, expected: expected(), observed: observed(), basis: basis(), lines: lines())
    }

    /// Says whether a step was carried out; where it was not, that hides what it would have shown.
    mutating func wasDone(_ step: JudgedStep) -> Bool {
        guard let reason = step.record.notDone else { return true }
        cannotSee("\(step.record.subject) was not carried out: \(reason)")
        return false
    }

    /// A finding outweighs what held; what held outweighs what could not be seen.
    func state(otherwise reason: String) -> InvariantResult.State {
        if !findings.isEmpty { return .broken(findings) }
        if held > 0 { return .held(observations: held) }
        if let first = blind.first { return .notObserved(reason: first) }
        return .notApplicable(reason: reason)
    }
}
