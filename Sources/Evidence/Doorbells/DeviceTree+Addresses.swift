// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension DeviceTree {
    /// The first address of a node's `reg`, or of another property in its form, as the CPU sees
    /// it; nothing when a bus above hides it.
    func address(_ path: String, in name: String = "reg") -> PhysicalAddress? {
        let parent = above(path)
        let cells = width(parent, "#address-cells", otherwise: 2)
        guard let reg = property(path, name)?.bytes, cells <= 2, reg.count >= 4 * cells else {
            return nil
        }
        return translate(Self.number(reg[..<(4 * cells)]), on: parent)
    }

    /// Carries an address on a node's bus up to the root.
    private func translate(_ address: UInt64, on path: String) -> PhysicalAddress? {
        if path.isEmpty { return PhysicalAddress(rawValue: address) }
        guard let ranges = property(path, "ranges")?.bytes else { return nil }
        let parent = above(path)
        // An empty property says that both buses have the same addresses.
        if ranges.isEmpty { return translate(address, on: parent) }
        let child = 4 * width(path, "#address-cells", otherwise: 2)
        let up = 4 * width(parent, "#address-cells", otherwise: 2)
        let size = 4 * width(path, "#size-cells", otherwise: 1)
        let entry = child + up + size
        guard entry > 0, child <= 8, up <= 8, size <= 8 else { return nil }
        for start in stride(from: 0, to: ranges.count - ranges.count % entry, by: entry) {
            let from = Self.number(ranges[start..<start + child])
            let to = Self.number(ranges[start + child..<start + child + up])
            let length = Self.number(ranges[start + child + up..<start + entry])
            guard address >= from, address - from < length else { continue }
            let (sum, overflow) = to.addingReportingOverflow(address - from)
            return overflow ? nil : translate(sum, on: parent)
        }
        return nil
    }

    private func above(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    private func width(_ path: String, _ name: String, otherwise: Int) -> Int {
        cell(path, name).map { Int($0) } ?? otherwise
    }
}
