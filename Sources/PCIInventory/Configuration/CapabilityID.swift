// SPDX-License-Identifier: GPL-3.0-or-later

/// Which capability a structure in configuration space is.
package enum CapabilityID: Hashable, Sendable {
    /// In the first 256 bytes (PCI Code and ID Assignment 1.11, section 2).
    case conventional(UInt8)
    /// From byte 256 on, PCI Express only (the same document, section 3).
    case extended(UInt16)

    package static let msi = CapabilityID.conventional(0x05)
    package static let vendorSpecific = CapabilityID.conventional(0x09)
    package static let express = CapabilityID.conventional(0x10)
    package static let msix = CapabilityID.conventional(0x11)
    package static let enhancedAllocation = CapabilityID.conventional(0x14)
    package static let extendedVendorSpecific = CapabilityID.extended(0x0b)
    package static let accessControl = CapabilityID.extended(0x0d)
    package static let singleRootIOV = CapabilityID.extended(0x10)
    package static let designatedVendorSpecific = CapabilityID.extended(0x23)

    /// The number alone, as it stands in configuration space.
    package var number: UInt16 {
        switch self {
        case .conventional(let id): UInt16(id)
        case .extended(let id): id
        }
    }

    package var isExtended: Bool {
        if case .extended = self { true } else { false }
    }

    /// The name that the specification gives; nothing for a number that it does not assign.
    package var name: String? {
        switch self {
        case .conventional(let id): Self.conventionalNames[id]
        case .extended(let id): Self.extendedNames[id]
        }
    }

    private static let conventionalNames: [UInt8: String] = [
        0x00: "Null", 0x01: "Power Management", 0x02: "AGP", 0x03: "Vital Product Data",
        0x04: "Slot Identification", 0x05: "MSI", 0x06: "CompactPCI Hot Swap", 0x07: "PCI-X",
        0x08: "HyperTransport", 0x09: "Vendor Specific", 0x0a: "Debug Port",
        0x0b: "CompactPCI Central Resource Control", 0x0c: "PCI Hot-Plug",
        0x0d: "Bridge Subsystem ID", 0x0e: "AGP 8x", 0x0f: "Secure Device", 0x10: "PCI Express",
        0x11: "MSI-X", 0x12: "SATA", 0x13: "Advanced Features", 0x14: "Enhanced Allocation",
        0x15: "Flattening Portal Bridge",
    ]

    private static let extendedNames: [UInt16: String] = [
        0x00: "Null", 0x01: "Advanced Error Reporting", 0x02: "Virtual Channel",
        0x03: "Device Serial Number", 0x04: "Power Budgeting",
        0x05: "Root Complex Link Declaration", 0x06: "Root Complex Internal Link Control",
        0x07: "Root Complex Event Collector", 0x08: "Multi-Function Virtual Channel",
        0x09: "Virtual Channel with MFVC", 0x0a: "RCRB Header", 0x0b: "Vendor Specific",
        0x0d: "Access Control Services", 0x0e: "Alternative Routing-ID",
        0x0f: "Address Translation",
        0x10: "SR-IOV", 0x11: "MR-IOV", 0x12: "Multicast", 0x13: "Page Request",
        0x15: "Resizable BAR", 0x16: "Dynamic Power Allocation", 0x17: "TPH Requester",
        0x18: "Latency Tolerance Reporting", 0x19: "Secondary PCI Express",
        0x1a: "Protocol Multiplexing", 0x1b: "PASID", 0x1c: "LN Requester",
        0x1d: "Downstream Port Containment", 0x1e: "L1 PM Substates",
        0x1f: "Precision Time Measurement", 0x20: "PCI Express over M-PHY", 0x21: "FRS Queueing",
        0x22: "Readiness Time Reporting", 0x23: "Designated Vendor Specific",
        0x24: "VF Resizable BAR", 0x25: "Data Link Feature", 0x26: "Physical Layer 16.0 GT/s",
        0x27: "Lane Margining", 0x28: "Hierarchy ID", 0x29: "Enclosure Management",
        0x2a: "Physical Layer 32.0 GT/s", 0x2b: "Alternate Protocol",
        0x2c: "System Firmware Intermediary", 0x2d: "Shadow Functions",
        0x2e: "Data Object Exchange",
    ]
}
