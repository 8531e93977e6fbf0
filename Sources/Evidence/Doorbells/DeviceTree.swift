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
    /// Every node with a property, in the order of the tree, which is the kernel's own.
    private(set) var paths: [String] = []

    mutating func add(_ property: Property) {
        if nodes[property.path] == nil { paths.append(property.path) }
        nodes[property.path, default: [:]][property.name] = property
    }

    func property(_ path: String, _ name: String) -> Property? { nodes[path]?[name] }

    /// Reads a property of one cell.
    func cell(_ path: String, _ name: String) -> UInt32? {
        guard let bytes = property(path, name)?.bytes, bytes.count == 4 else { return nil }
        return UInt32(Self.number(bytes[...]))
    }

    /// Reads a property of cells; nothing when it is missing or ends within a cell.
    func cells(_ path: String, _ name: String) -> [UInt32]? {
        guard let bytes = property(path, name)?.bytes, bytes.count.isMultiple(of: 4) else {
            return nil
        }
        return stride(from: 0, to: bytes.count, by: 4).map {
            UInt32(Self.number(bytes[$0..<$0 + 4]))
        }
    }

    /// Reads a property of strings.
    func strings(_ path: String, _ name: String) -> [String] {
        property(path, name)?.bytes.split(separator: 0).map {
            String(decoding: $0, as: UTF8.self)
        } ?? []
    }

    /// What the board is, the most special name first.
    package var machine: [String] { strings("", "compatible") }

    /// Reads big-endian bytes, eight at most.
    static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
