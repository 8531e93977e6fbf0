// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// `/proc/interrupts` at one moment.
package struct InterruptTable: Sendable, Hashable, Codable {
    package let lines: [InterruptLine]

    package init(lines: [InterruptLine]) { self.lines = lines }

    /// Finds the line of a vector of a passed-through device.
    package func line(of vector: VectorIndex, device: PCIAddress) -> InterruptLine? {
        lines.first { line in
            line.vectors.contains { $0.vector == vector && $0.device == device }
        }
    }

    /// How often a line fired between an earlier table and this one.
    ///
    /// Nothing where one of the tables lacks it, or where its number now means something else: the
    /// count began anew then.
    package func increase(
        of vector: VectorIndex, device: PCIAddress, since earlier: InterruptTable
    ) -> UInt64? {
        guard let after = line(of: vector, device: device),
            let before = earlier.line(of: vector, device: device),
            before.number == after.number, after.total >= before.total
        else { return nil }
        return after.total - before.total
    }
}
