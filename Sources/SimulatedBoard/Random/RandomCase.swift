// SPDX-License-Identifier: GPL-3.0-or-later
package import Vocabulary

/// A wild but sensible list of steps for a board, the same for the same seed.
///
/// It keeps to what a user of the interface may do in that generation, most of the time: the rest is
/// there to see that nonsense is refused.
package struct RandomCase {
    package let seed: UInt64
    package let devices: [DeviceName: PCIAddress]
    package let steps: [Step]
    package let unsafeInterruptsAllowed: Bool

    /// Which kinds of steps a list has.
    package enum Vocabulary: Sendable {
        /// Opening, attaching, mapping, arming, ringing, and their ends.
        case plain
        /// All that the generation knows.
        case whole
    }

    /// Makes the list that belongs to a seed.
    package init(seed: UInt64, board: SimulatedBoard, steps vocabulary: Vocabulary = .whole) {
        var writer = RandomWriter(seed: seed, board: board, vocabulary)
        writer.write()
        self.seed = seed
        devices = writer.devices.mapValues(\.address)
        steps = writer.steps
        unsafeInterruptsAllowed = writer.unsafeInterruptsAllowed
    }

    /// The steps as a case of a suite.
    package func suiteCase(_ name: CaseName, steps: [Step]? = nil) -> SuiteCase {
        SuiteCase(
            name: name, summary: "seed \(seed)",
            devices: devices.mapValues { _ in DeviceRequirement(kind: .edu) },
            unsafeInterruptsAllowed: unsafeInterruptsAllowed, steps: steps ?? self.steps)
    }
}
