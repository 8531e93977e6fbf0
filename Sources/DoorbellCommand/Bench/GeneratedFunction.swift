// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// The configuration space of one function of a generated dump.
struct GeneratedFunction {
    private var bytes: [UInt8]

    static var hostBridge: GeneratedFunction {
        GeneratedFunction(size: 256, vendor: 0x177d, device: 0xa100, kind: 0x0600)
    }

    static func rootPort(bus: UInt8) -> GeneratedFunction {
        var port = GeneratedFunction(size: 4096, vendor: 0x177d, device: 0xaf84, kind: 0x0604)
        port.put(0x0e, [0x01])  // bridge layout
        port.put(0x18, [0x00, bus, bus])
        port.put(0x20, [0x00, 0x10, 0xf0, 0x1f])  // memory window
        port.putChain([[0x01, 0, 0x03, 0xc8], [0x10, 0, 0x42, 0x01]])
        port.putExtended([0x0001, 0x000d])  // AER, ACS
        return port
    }

    static func adapter(
        _ vendor: UInt16, _ device: UInt16, _ kind: UInt16, isPhysical: Bool
    ) -> GeneratedFunction {
        var function = GeneratedFunction(size: 4096, vendor: vendor, device: device, kind: kind)
        function.put(0x10, isPhysical ? [0x0c, 0, 0, 0x10, 0, 0x40] : [0, 0, 0, 0, 0, 0])
        function.put(0x2c, [UInt8(vendor & 0xff), UInt8(vendor >> 8), 0x01, 0x00])
        function.putChain([
            [0x01, 0, 0x03, 0x00], [0x05, 0, 0x80, 0x01], [0x11, 0, 0x40, 0x80, 0x03],
            [0x10, 0, 0x02, 0x00],
        ])
        function.putExtended(isPhysical ? [0x0001, 0x000e, 0x0010] : [0x0001, 0x000e])
        return function
    }

    private init(size: Int, vendor: UInt16, device: UInt16, kind: UInt16) {
        bytes = [UInt8](repeating: 0, count: size)
        put(0x00, [vendor, device].flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] })
        put(0x04, [0x06, 0x04, 0x10, 0x00])  // memory and bus master; capability list
        put(0x08, [0x01, 0x00, UInt8(kind & 0xff), UInt8(kind >> 8)])
    }

    private mutating func put(_ offset: Int, _ values: [UInt8]) {
        bytes.replaceSubrange(offset..<offset + values.count, with: values)
    }

    /// Links capabilities, one every 32 bytes from 0x40 on.
    private mutating func putChain(_ capabilities: [[UInt8]]) {
        put(0x34, [0x40])
        for (index, capability) in capabilities.enumerated() {
            let offset = 0x40 + 0x20 * index
            put(offset, capability)
            put(offset + 1, [index + 1 < capabilities.count ? UInt8(offset + 0x20) : 0])
        }
    }

    /// Links extended capabilities of version 1, one every 64 bytes from 0x100 on.
    private mutating func putExtended(_ ids: [UInt16]) {
        for (index, id) in ids.enumerated() {
            let offset = 0x100 + 0x40 * index
            let next = index + 1 < ids.count ? offset + 0x40 : 0
            put(
                offset,
                [
                    UInt8(id & 0xff), UInt8(id >> 8), UInt8(next & 0xf) << 4 | 1, UInt8(next >> 4),
                ])
        }
    }

    /// The rows of sixteen bytes that lspci prints.
    var rows: String {
        stride(from: 0, to: bytes.count, by: 16).map { offset in
            let row = bytes[offset..<offset + 16].map { Hexadecimal.digits(UInt64($0), width: 2) }
            let start = Hexadecimal.digits(UInt64(offset), width: 2)
            return "\(start): \(row.joined(separator: " "))\n"
        }.joined()
    }
}
