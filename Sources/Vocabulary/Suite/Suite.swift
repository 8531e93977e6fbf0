// SPDX-License-Identifier: GPL-3.0-or-later

/// A list of cases that belong together.
package struct Suite: Hashable, Sendable, Codable {
    package let name: SuiteName
    /// One line for a person.
    package let summary: String
    package let cases: [SuiteCase]

    package init(name: SuiteName, summary: String, cases: [SuiteCase]) {
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

    package init(
        name: CaseName, summary: String, devices: [DeviceName: DeviceRequirement],
        unsafeInterruptsAllowed: Bool, steps: [Step]
    ) {
        self.name = name
        self.summary = summary
        self.devices = devices
        self.unsafeInterruptsAllowed = unsafeInterruptsAllowed
        self.steps = steps
    }
}

/// What a device must be to serve in a case.
package struct DeviceRequirement: Hashable, Sendable, Codable {
    /// The kinds that the harness knows how to ring, by PCI id.
    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// QEMU's teaching device, 1234:11e8.
        case edu
        /// Intel 82574L, 8086:10d3.
        case e1000e
        /// Any NVMe controller, class 01:08:02.
        case nvme
    }

    package let kind: Kind

    package init(kind: Kind) { self.kind = kind }
}
