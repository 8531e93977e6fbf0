// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Writes the `lspci -D -xxxx` text of a large server that does not exist, the same in every run.
///
/// Four host bridges; behind each of their 31 root ports an adapter of 32 functions, of which all
/// but the first are virtual functions. Such a machine is where an inventory takes longest: each
/// function has 4096 bytes, as Linux gives them for PCI Express.
struct DumpGenerator {
    /// 4 host bridges × (1 + 31 root ports + 31 adapters × 32 functions).
    static let functionCount = 4 * (1 + 31 + 31 * 32)

    /// Vendor, device, virtual function's device and class of adapters that exist.
    private static let adapters: [(UInt16, UInt16, UInt16, UInt16)] = [
        (0x8086, 0x1572, 0x154c, 0x0200), (0x15b3, 0x1017, 0x1018, 0x0200),
        (0x144d, 0xa824, 0xa824, 0x0108), (0x14e4, 0x16d7, 0x16dc, 0x0200),
        (0x1af4, 0x1041, 0x1041, 0x0200), (0x8086, 0x10fb, 0x10ed, 0x0200),
    ]

    static func dump() -> String {
        var text = ""
        text.reserveCapacity(functionCount * 14_000)
        for domain in 0..<UInt32(4) {
            append(to: &text, domain, 0, 0, GeneratedFunction.hostBridge)
            for port in 1...UInt8(31) {
                append(to: &text, domain, 0, port, GeneratedFunction.rootPort(bus: port))
            }
            for port in 1...UInt8(31) {
                let (vendor, device, virtual, kind) = adapters[Int(port) % adapters.count]
                for number in UInt8(0)..<32 {
                    append(
                        to: &text, domain, port, number,
                        .adapter(
                            vendor, number == 0 ? device : virtual, kind, isPhysical: number == 0))
                }
            }
        }
        return text
    }

    /// Adds a function; on a bus behind a port, its number counts devices of eight functions.
    private static func append(
        to text: inout String, _ domain: UInt32, _ bus: UInt8, _ number: UInt8,
        _ function: GeneratedFunction
    ) {
        let (device, inner) = bus == 0 ? (number, 0) : (number / 8, number % 8)
        guard
            let address = PCIAddress(domain: domain, bus: bus, device: device, function: inner)
        else { return }
        text += "\(address) Generated: for a benchmark\n"
        text += function.rows + "\n"
    }
}
