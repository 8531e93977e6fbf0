// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What must be seen when a case runs on a board.
package struct Expectation: Sendable, Hashable, Codable {
    /// How the generation was decided.
    package let choice: GenerationChoice
    /// The IOVAs that doorbells are mapped in; nothing where the generation has no fixed window.
    package let window: SoftwareWindow?
    /// One for each step, in its order.
    package var steps: [StepExpectation]
    /// The lines of `reserved_regions` of the group that holds each device; nothing where the kernel
    /// has no such file.
    package let reservedRegions: [PCIAddress: [String]]?
    /// Which stage of the SMMU translates for VFIO; nothing where it is not known.
    package var stage: TranslationStage?

    package init(
        choice: GenerationChoice, window: SoftwareWindow?, steps: [StepExpectation],
        reservedRegions: [PCIAddress: [String]]?, stage: TranslationStage? = nil
    ) {
        self.choice = choice
        self.window = window
        self.steps = steps
        self.reservedRegions = reservedRegions
        self.stage = stage
    }

    package var generation: Generation { choice.generation }
}
