// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What must be seen of one step.
package struct StepExpectation: Sendable, Hashable, Codable {
    package let index: Int
    package let step: Step
    package var outcome: Outcome
    /// What VFIO maps and takes out again by itself while a domain is new, to learn of large pages.
    package var probes: [IOVARange] = []
    /// What the step maps for the user, once in each domain; the kernel traces each in pieces.
    package var userMaps: [IOVARange] = []
    /// What the step takes out for the user, once in each domain.
    package var userUnmaps: [IOVARange] = []
    /// Doorbell pages that the step maps, in order of the events.
    package var doorbellMaps: [Prediction<DoorbellMap>] = []
    /// Doorbell pages that the step takes out; only one generation ever does (V12).
    package var doorbellUnmaps: [Prediction<DoorbellMap>] = []
    /// The messages of the vectors that the step arms, or lets a host driver arm.
    package var messages: [VectorExpectation] = []
    /// The IOVA ranges that the container reports after the step.
    package var iovaRanges: [IOVARange]?
    /// How many bytes the unmapping call reports.
    package var unmapped: ByteCount?
    /// How many signals arrive on the eventfd of the vector that the step is about.
    package var arrivals: UInt64?
    /// By how much that vector's line in `/proc/interrupts` grows.
    package var counted: UInt64?
    /// What comes of each vector of a plan of traffic.
    package var traffic: TrafficExpectation?
    /// Whether the SMMU reports a fault of the device.
    package var faults: Prediction<Bool>?
    /// What the kernel's log must gain, beyond what it always says.
    package var log: [LogExpectation] = []
    /// Whether the step gives the device a domain that nothing was mapped in before.
    package var opensDomain = false

    package init(index: Int, step: Step, outcome: Outcome = .succeeds) {
        self.index = index
        self.step = step
        self.outcome = outcome
    }
}

/// A line, or a block of lines, that a right kernel logs.
package enum LogExpectation: String, Sendable, Hashable, Codable, CaseIterable {
    /// `No interrupt remapping support.  Use the module param "allow_unsafe_interrupts"…`.
    case noInterruptRemapping
    /// `MSI interrupts are not secure…` of iommufd when it was told to allow them.
    case interruptsNotSecure
    /// `No device request channel registered, blocked until released by user`: a device is pulled
    /// out while it is open.
    case removalWaits
    /// A WARN with its splat, of the page table or of the code that composes messages.
    case warning
}
