// SPDX-License-Identifier: GPL-3.0-or-later

/// Access Control Services (PCIe 5.0, 7.7.8): they decide which functions share an IOMMU group.
package struct AccessControl: Hashable, Sendable, Encodable {
    package let capable: AccessControlServices
    package let enabled: AccessControlServices

    init?(at place: Int, of space: ConfigurationSpace) {
        guard let capable = space.word(at: place + 4), let enabled = space.word(at: place + 6)
        else { return nil }
        self.capable = AccessControlServices(rawValue: capable)
        self.enabled = AccessControlServices(rawValue: enabled)
    }
}

/// The single services, bits of both ACS registers.
package struct AccessControlServices: OptionSet, Hashable, Sendable, Encodable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let sourceValidation = Self(rawValue: 1 << 0)
    package static let translationBlocking = Self(rawValue: 1 << 1)
    package static let requestRedirect = Self(rawValue: 1 << 2)
    package static let completionRedirect = Self(rawValue: 1 << 3)
    package static let upstreamForwarding = Self(rawValue: 1 << 4)
    package static let egressControl = Self(rawValue: 1 << 5)
    package static let directTranslated = Self(rawValue: 1 << 6)

    /// What Linux demands before it separates functions (`REQ_ACS_FLAGS`, drivers/iommu/iommu.c).
    package static let isolation: Self = [
        .sourceValidation, .requestRedirect, .completionRedirect, .upstreamForwarding,
    ]
}
