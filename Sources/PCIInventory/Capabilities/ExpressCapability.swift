// SPDX-License-Identifier: GPL-3.0-or-later

/// PCI Express (PCIe 5.0, 7.5.3).
package struct ExpressCapability: Hashable, Sendable, Encodable {
    package let version: UInt8
    package let portType: ExpressPortType
    /// Whether a slot hangs on this port.
    package let hasSlot: Bool
    /// Which MSI vector reports the port's own events.
    package let interruptMessage: UInt8
    /// Whether the function can be reset alone, which VFIO prefers.
    package let hasFunctionLevelReset: Bool
    /// Nothing for functions inside the root complex.
    package let link: ExpressLink?

    init?(at place: Int, of space: ConfigurationSpace) {
        guard let flags = space.word(at: place + 2), let device = space.long(at: place + 4)
        else { return nil }
        version = UInt8(flags & 0xf)
        portType = ExpressPortType(number: UInt8(flags >> 4 & 0xf))
        hasSlot = flags & 0x100 != 0
        interruptMessage = UInt8(flags >> 9 & 0x1f)
        hasFunctionLevelReset = device & 1 << 28 != 0
        link = portType.hasLink ? ExpressLink(at: place, of: space) : nil
        guard !portType.hasLink || link != nil else { return nil }
    }
}

/// What a link can do and what it negotiated.
package struct ExpressLink: Hashable, Sendable, Encodable {
    /// Generation: 1 is 2.5 GT/s, 2 is 5 GT/s, 3 is 8 GT/s and so on.
    package let maximumSpeed: UInt8
    /// Lanes.
    package let maximumWidth: UInt8
    /// Generation; 0 when there is no link.
    package let speed: UInt8
    /// Lanes; 0 when there is no link.
    package let width: UInt8

    init?(at place: Int, of space: ConfigurationSpace) {
        guard let able = space.long(at: place + 0x0c), let status = space.word(at: place + 0x12)
        else { return nil }
        maximumSpeed = UInt8(able & 0xf)
        maximumWidth = UInt8(able >> 4 & 0x3f)
        speed = UInt8(status & 0xf)
        width = UInt8(status >> 4 & 0x3f)
    }
}

/// What a PCI Express function is in its hierarchy.
package enum ExpressPortType: Hashable, Sendable {
    case endpoint
    case legacyEndpoint
    case rootPort
    case upstreamPort
    case downstreamPort
    case expressToPCIBridge
    case pciToExpressBridge
    case integratedEndpoint
    case eventCollector
    /// A number that the specification reserves.
    case reserved(UInt8)

    /// Each number of PCIe 5.0, table 7-20, with the name that lspci gives it.
    private static let known: [(UInt8, ExpressPortType, String)] = [
        (0, .endpoint, "Endpoint"), (1, .legacyEndpoint, "Legacy Endpoint"),
        (4, .rootPort, "Root Port"), (5, .upstreamPort, "Upstream Port"),
        (6, .downstreamPort, "Downstream Port"),
        (7, .expressToPCIBridge, "PCI-Express to PCI/PCI-X Bridge"),
        (8, .pciToExpressBridge, "PCI/PCI-X to PCI-Express Bridge"),
        (9, .integratedEndpoint, "Root Complex Integrated Endpoint"),
        (10, .eventCollector, "Root Complex Event Collector"),
    ]

    package init(number: UInt8) {
        self = Self.known.first { $0.0 == number }?.1 ?? .reserved(number)
    }

    package var number: UInt8 {
        if case .reserved(let number) = self { return number }
        return Self.known.first { $0.1 == self }?.0 ?? 0
    }

    package var name: String {
        Self.known.first { $0.1 == self }?.2 ?? "Unknown type \(number)"
    }

    var hasLink: Bool {
        self != .integratedEndpoint && self != .eventCollector
    }

    /// Whether lspci says of this kind whether it has a slot.
    var canHaveSlot: Bool {
        self == .rootPort || self == .downstreamPort || self == .pciToExpressBridge
    }
}

extension ExpressPortType: Encodable {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}
