// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Values in even steps: `first`, `first + step`, … up to `last` at most.
package struct DataRun: Sendable, Hashable, Codable {
    package let first: UInt32
    package let last: UInt32
    package let step: UInt32

    /// Makes a run, or nothing when no value is in it.
    package init?(first: UInt32, last: UInt32, step: UInt32 = 1) {
        guard first <= last, step > 0 else { return nil }
        self.first = first
        self.last = last
        self.step = step
    }

    private init(lowered run: DataRun, by offset: UInt32) {
        first = run.first - offset
        last = run.last - offset
        step = run.step
    }

    /// Takes the same from each value; the first value has that much.
    func moved(down offset: UInt32) -> DataRun { DataRun(lowered: self, by: min(offset, first)) }

    /// Whether a value is in the run.
    package func contains(_ value: UInt32) -> Bool {
        first <= value && value <= last && (value - first).isMultiple(of: step)
    }
}

extension DataRun: CustomStringConvertible {
    package var description: String {
        let ends =
            Hexadecimal.prefixed(UInt64(first)) + " to " + Hexadecimal.prefixed(UInt64(last))
        return step == 1 ? ends : ends + " in steps of \(step)"
    }
}
