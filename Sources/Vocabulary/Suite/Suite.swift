// SPDX-License-Identifier: GPL-3.0-or-later

/// A list of cases that belong together.
package struct Suite: Hashable, Sendable, Codable {
    package let name: SuiteName
    /// One line for a person.
    package let summary: String
    package let cases: [SuiteCase]
    /// Whether the kernel must have come by a reset, so that no hardware keeps what another left.
    package let demandsColdBoot: Bool

    package init(
        name: SuiteName, summary: String, cases: [SuiteCase], demandsColdBoot: Bool = false
    ) {
        self.demandsColdBoot = demandsColdBoot
        self.name = name
        self.summary = summary
        self.cases = cases
    }
}

/// One story told to a board: which devices it needs, and the steps.
package struct SuiteCase: Hashable, Sendable, Codable {
    package let name: CaseName
    package let summary: String
    /// What each device must be; a board is searched for a match for each, none used twice.
    package let devices: [DeviceName: DeviceRequirement]
    /// The state of `vfio_iommu_type1.allow_unsafe_interrupts` before the first step.
    package let unsafeInterruptsAllowed: Bool
    package let steps: [Step]
    /// What is run instead of steps, with the devices held by vfio-pci; nothing in most cases.
    package let program: ForeignProgram?

    package init(
        name: CaseName, summary: String, devices: [DeviceName: DeviceRequirement],
        unsafeInterruptsAllowed: Bool, steps: [Step], program: ForeignProgram? = nil
    ) {
        self.program = program
        self.name = name
        self.summary = summary
        self.devices = devices
        self.unsafeInterruptsAllowed = unsafeInterruptsAllowed
        self.steps = steps
    }
}
