// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What must be seen when a case runs on a board.
package struct Expectation: Sendable, Hashable, Codable {
    package let generation: Generation
    /// The IOVAs that doorbells are mapped in.
    package let window: SoftwareWindow
    /// One for each step, in its order.
    package var steps: [StepExpectation]
    /// The lines of `reserved_regions` of the group that holds each device.
    package let reservedRegions: [PCIAddress: [String]]

    package init(
        generation: Generation, window: SoftwareWindow, steps: [StepExpectation],
        reservedRegions: [PCIAddress: [String]]
    ) {
        self.generation = generation
        self.window = window
        self.steps = steps
        self.reservedRegions = reservedRegions
    }
}
