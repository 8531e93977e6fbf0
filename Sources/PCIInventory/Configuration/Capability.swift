// SPDX-License-Identifier: GPL-3.0-or-later

/// One structure of a capability chain.
package struct Capability: Hashable, Sendable {
    /// Where it starts in configuration space.
    package let offset: Int
    package let id: CapabilityID
    /// Only extended capabilities have one.
    package let version: UInt8?
    package let content: CapabilityContent
}

/// What a capability says, where this program needs to know.
package enum CapabilityContent: Hashable, Sendable {
    case msi(MSICapability)
    case msix(MSIXCapability)
    case express(ExpressCapability)
    case enhancedAllocation(EnhancedAllocation)
    case singleRootIOV(SingleRootIOV)
    case accessControl(AccessControl)
    case vendorSpecific(VendorSpecific)
    /// Listed by id and name only.
    case other
    /// One of the kinds above, but cut off before its end.
    case undecoded

    init(decoding id: CapabilityID, at place: Int, of space: ConfigurationSpace) {
        let decoded: CapabilityContent? =
            switch id {
            case .msi: MSICapability(at: place, of: space).map(Self.msi)
            case .msix: MSIXCapability(at: place, of: space).map(Self.msix)
            case .express: ExpressCapability(at: place, of: space).map(Self.express)
            case .enhancedAllocation:
                EnhancedAllocation(at: place, of: space).map(Self.enhancedAllocation)
            case .singleRootIOV: SingleRootIOV(at: place, of: space).map(Self.singleRootIOV)
            case .accessControl: AccessControl(at: place, of: space).map(Self.accessControl)
            case .vendorSpecific, .extendedVendorSpecific, .designatedVendorSpecific:
                VendorSpecific(id, at: place, of: space).map(Self.vendorSpecific)
            default: .other
            }
        self = decoded ?? .undecoded
    }
}

extension CapabilityList {
    /// The MSI capability, when the function has a readable one.
    package var msi: MSICapability? {
        if case .msi(let found)? = first(.msi)?.content { found } else { nil }
    }

    /// The MSI-X capability, when the function has a readable one.
    package var msix: MSIXCapability? {
        if case .msix(let found)? = first(.msix)?.content { found } else { nil }
    }

    /// The PCI Express capability, when the function has a readable one.
    package var express: ExpressCapability? {
        if case .express(let found)? = first(.express)?.content { found } else { nil }
    }
}
