// SPDX-License-Identifier: GPL-3.0-or-later

/// Which generation a board's kernel is held against, and why that one.
package struct GenerationChoice: Sendable, Hashable, Codable {
    package let generation: Generation
    /// One clause for reports: "kernel 6.1 is 5.4 or later and VFIO type1 is asked".
    package let reason: String

    package init(_ generation: Generation, because reason: String) {
        self.generation = generation
        self.reason = reason
    }
}
