// SPDX-License-Identifier: GPL-3.0-or-later

package import ReferenceModel

/// A statement that every observation of a right kernel makes true.
package struct Invariant: Sendable {
    package let id: InvariantID
    package let name: String
    /// One sentence, complete by itself.
    package let statement: String
    /// Where it must hold.
    package let generations: Set<Generation>
    /// The kinds of evidence without which nothing can be said.
    package let needs: Set<Need>
    /// Why it must hold: kernel file and function, or the specification.
    package let reason: String
    /// The least that it takes to observe it.
    package var coverage = Coverage.virtualBoard
    /// Looks at a case.
    let judge: @Sendable (JudgedCase) -> Observations

    /// Evidence that an invariant may need.
    package enum Need: String, Sendable, Hashable, Codable, CaseIterable {
        /// What the agent's calls returned.
        case calls
        /// The iommu trace events.
        case trace
        /// MSI registers or the MSI-X table.
        case messages
        /// `/proc/interrupts`.
        case interrupts
        case reservedRegions
        /// `type` of the groups.
        case groupTypes
        /// What the kernel logged.
        case log
        /// What a device's own DMA engine moved.
        case transfers
        /// `/proc/iomem`.
        case memory
        /// What a foreign program printed.
        case program
        /// What somebody outside the board saw, whatever its kernel says.
        case observer
    }
}

extension Set<Generation> {
    /// Every design in which the kernel places doorbells in a window of its own.
    static let softwareWindow: Self = [
        .fixedWindow, .fixedWindowWithRanges, .iommufd, .iommufdTable,
    ]

    /// Every design in which the window is kept free from user maps.
    static let guardedWindow: Self = [.fixedWindowWithRanges, .iommufd, .iommufdTable]

    /// Every design in which messages are translated.
    static let translated: Self = softwareWindow.union([.userWindow, .mixed, .dmaDomain])

    /// Every design in which a doorbell's page stays mapped as long as its domain lives.
    static let lasting: Self = translated.subtracting([.userWindow])

    static let all = Set(Generation.allCases)

    /// Every design that runs on a board which somebody sees from outside; QEMU has no hardware
    /// window.
    static let observable = all.subtracting([.hardwareWindow])
}
