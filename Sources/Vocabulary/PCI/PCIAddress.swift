// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a PCI function sits: `0000:01:00.0`.
package struct PCIAddress: Hashable, Sendable {
    /// The PCI segment, called domain by Linux.
    package let domain: UInt32
    package let bus: UInt8
    /// 0…31.
    package let device: UInt8
    /// 0…7.
    package let function: UInt8

    /// Makes an address, or nothing when device or function are out of range.
    package init?(domain: UInt32 = 0, bus: UInt8, device: UInt8, function: UInt8) {
        guard device < 32, function < 8 else { return nil }
        self.domain = domain
        self.bus = bus
        self.device = device
        self.function = function
    }

    /// Reads `0000:01:00.0` or the short `01:00.0`, as sysfs and lspci write them.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3, let tail = parts.last else { return nil }
        let slot = tail.split(separator: ".", omittingEmptySubsequences: false)
        guard slot.count == 2,
            let domain = parts.count == 3 ? Self.hexadecimal(parts[0], digits: 4...8) : 0,
            let bus = Self.hexadecimal(parts[parts.count - 2], digits: 2...2),
            let device = Self.hexadecimal(slot[0], digits: 2...2),
            let function = Self.hexadecimal(slot[1], digits: 1...1)
        else { return nil }
        self.init(
            domain: domain, bus: UInt8(bus), device: UInt8(truncatingIfNeeded: device),
            function: UInt8(function))
    }

    private static func hexadecimal(
        _ text: some StringProtocol, digits: ClosedRange<Int>
    ) -> UInt32? {
        guard digits.contains(text.utf8.count), text.utf8.first != UInt8(ascii: "+"),
            text.utf8.first != UInt8(ascii: "-")
        else { return nil }
        return UInt32(text, radix: 16)
    }

    /// The 16-bit requester ID that a transaction of this function carries (PCIe 5.0, 2.2.6.2).
    package var requesterID: UInt16 {
        UInt16(bus) << 8 | UInt16(device) << 3 | UInt16(function)
    }
}

extension PCIAddress: CustomStringConvertible, LosslessStringConvertible {
    package var description: String {
        let domain = Hexadecimal.digits(UInt64(self.domain), width: 4)
        let bus = Hexadecimal.digits(UInt64(self.bus), width: 2)
        let device = Hexadecimal.digits(UInt64(self.device), width: 2)
        return "\(domain):\(bus):\(device).\(function)"
    }
}

extension PCIAddress: Comparable {
    package static func < (left: PCIAddress, right: PCIAddress) -> Bool {
        (left.domain, left.requesterID) < (right.domain, right.requesterID)
    }
}
