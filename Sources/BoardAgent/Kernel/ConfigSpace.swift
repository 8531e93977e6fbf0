// SPDX-License-Identifier: GPL-3.0-or-later

/// The first 256 bytes of a function's configuration space, and the capabilities in them.
struct ConfigSpace {
    let bytes: [UInt8]

    func half(_ offset: Int) -> UInt16 {
        guard offset >= 0, offset + 2 <= bytes.count else { return 0 }
        return UInt16(bytes[offset]) | UInt16(bytes[offset + 1]) << 8
    }

    func word(_ offset: Int) -> UInt32 {
        UInt32(half(offset)) | UInt32(half(offset + 2)) << 16
    }

    var vendor: UInt16 { half(0) }
    var device: UInt16 { half(2) }
    var command: UInt16 { half(4) }
    /// Base class, subclass and programming interface.
    var classCode: UInt32 { word(8) >> 8 }

    /// Finds a capability in the list (PCI 3.0, 6.7); a list that runs in a circle ends.
    func capability(_ wanted: UInt16) -> Int? {
        var offset = Int(half(0x34) & 0xFC)
        var seen = 0
        while offset >= 0x40, seen < 48 {
            let head = half(offset)
            if head & 0xFF == wanted { return offset }
            offset = Int(head >> 8 & 0xFC)
            seen += 1
        }
        return nil
    }

    static let powerManagement: UInt16 = 0x01
    static let msi: UInt16 = 0x05
    static let msix: UInt16 = 0x11

    /// Whether registers answer: memory is decoded, and the function is in D0 (PCI PM 1.2, 3.2.4).
    var isAwake: Bool {
        guard command & 2 != 0 else { return false }
        guard let power = capability(Self.powerManagement) else { return true }
        return half(power + 4) & 3 == 0
    }
}
