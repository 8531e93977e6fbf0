// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Some nodes of a device tree, with the translation of addresses from bus to bus
/// (Devicetree Specification 0.4, 2.3).
package struct DeviceTree: Sendable {
    struct Property: Sendable {
        let path: String
        let name: String
        let bytes: [UInt8]
        let line: RawLine
    }

    private var nodes: [String: [String: Property]] = [:]

    mutating func add(_ property: Property) {
        nodes[property.path, default: [:]][property.name] = property
    }

    private var paths: [String] { nodes.keys.sorted() }

    func property(_ path: String, _ name: String) -> Property? { nodes[path]?[name] }

    /// Reads a property of one cell.
    func cell(_ path: String, _ name: String) -> UInt32? {
        guard let bytes = property(path, name)?.bytes, bytes.count == 4 else { return nil }
        return UInt32(Self.number(bytes[...]))
    }

    /// Reads big-endian bytes, eight at most.
    static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The MSI controllers that are in it, those without a translatable address left out.
    package var doorbells: [DoorbellNode] { paths.compactMap(doorbell) }

    private func doorbell(_ path: String) -> DoorbellNode? {
        guard let compatible = property(path, "compatible") else { return nil }
        let names = compatible.bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        let kind: DoorbellNode.Kind
        if names.contains("arm,gic-v2m-frame") {
            kind = .frame(spis: spis(path))
        } else if names.contains("arm,gic-v3-its") {
            kind = .its
        } else {
            return nil
        }
        guard let base = address(path) else { return nil }
        let lines = [compatible.line] + [property(path, "reg")?.line].compactMap { $0 }
        return DoorbellNode(
            kind: kind, base: base, handle: cell(path, "phandle"), name: path, lines: lines)
    }

    /// `arm,msi-base-spi` counts as the frame's register does: interrupt IDs, not SPI numbers
    /// (`irq-gic-v2m.c`, 6.12).
    private func spis(_ path: String) -> ClosedRange<InterruptID>? {
        guard let first = cell(path, "arm,msi-base-spi"),
            let count = cell(path, "arm,msi-num-spis"), count > 0
        else { return nil }
        let (end, overflow) = first.addingReportingOverflow(count - 1)
        return overflow ? nil : InterruptID(rawValue: first)...InterruptID(rawValue: end)
    }

    /// The routes of all host bridges, from `msi-map` or, where that is missing, `msi-parent`.
    package var routes: [MSIRoute] { paths.flatMap(routes) }

    private func routes(_ path: String) -> [MSIRoute] {
        let domain = cell(path, "linux,pci-domain")
        if let map = property(path, "msi-map") {
            return stride(from: 0, to: map.bytes.count - map.bytes.count % 16, by: 16).compactMap {
                entry(map, at: $0, domain: domain)
            }
        }
        guard property(path, "bus-range") != nil, let parent = property(path, "msi-parent"),
            parent.bytes.count >= 4
        else { return [] }
        let handle = UInt32(Self.number(parent.bytes[..<4]))
        return [
            MSIRoute(domain: domain, requesters: 0...0xffff, handle: handle, line: parent.line)
        ]
    }

    /// An entry of `msi-map`: requester base, controller, base there, length.
    private func entry(_ map: Property, at offset: Int, domain: UInt32?) -> MSIRoute? {
        let cells = (0..<4).map {
            UInt32(Self.number(map.bytes[offset + 4 * $0..<offset + 4 * $0 + 4]))
        }
        let (last, overflow) = cells[0].addingReportingOverflow(cells[3] &- 1)
        guard cells[3] > 0, !overflow else { return nil }
        return MSIRoute(
            domain: domain, requesters: cells[0]...last, handle: cells[1], line: map.line)
    }
}
