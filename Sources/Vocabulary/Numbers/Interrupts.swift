// SPDX-License-Identifier: GPL-3.0-or-later

/// An interrupt number of the GIC: SPIs are 32…1019 (GICv2 architecture, 2.2.1).
package struct InterruptID: RawRepresentable, Hashable, Comparable, Sendable,
    CustomStringConvertible
{
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    package var description: String { "INTID \(rawValue)" }
}

/// Which vector of a device, from 0.
package struct VectorIndex: RawRepresentable, Hashable, Comparable, Sendable,
    CustomStringConvertible
{
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    package var description: String { "vector \(rawValue)" }
}

/// How a device signals, in VFIO's own numbering (`include/uapi/linux/vfio.h`, 6.1).
package enum InterruptKind: UInt32, Hashable, Sendable, CaseIterable {
    case intx = 0
    case msi = 1
    case msix = 2

    /// The word in suites, reports and the kernel's own action names: `intx`, `msi`, `msix`.
    package var name: String {
        switch self {
        case .intx: "intx"
        case .msi: "msi"
        case .msix: "msix"
        }
    }

    /// Reads the word back.
    package init?(name: String) {
        guard let kind = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = kind
    }
}

/// What a device writes to ring: where, and which data.
package struct MSIMessage: Hashable, Sendable {
    package let address: MessageAddress
    package let data: UInt32

    package init(address: MessageAddress, data: UInt32) {
        self.address = address
        self.data = data
    }
}

extension MSIMessage: CustomStringConvertible {
    package var description: String {
        "\(address) data \(Hexadecimal.prefixed(UInt64(data)))"
    }
}

#if !hasFeature(Embedded)
extension MSIMessage: Codable {}
#endif
