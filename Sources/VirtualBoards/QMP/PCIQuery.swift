// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// The answer to `query-pci`: which of QEMU's devices sits where the board's kernel sees it.
package struct PCIQuery {
    private let buses: JSONValue

    /// Takes what `query-pci` returned.
    package init(_ answer: JSONValue) { buses = answer }

    /// QEMU's name for the device at an address, bridges looked through.
    package func device(at address: PCIAddress) -> String? {
        Self.elements(buses).lazy.compactMap { device(at: address, in: $0["devices"]) }.first
    }

    private func device(at address: PCIAddress, in list: JSONValue?) -> String? {
        for entry in Self.elements(list) {
            if Self.place(of: entry) == Self.place(of: address) { return entry["qdev_id"]?.string }
            if let found = device(at: address, in: entry["pci_bridge"]?["devices"]) {
                return found
            }
        }
        return nil
    }

    private static func elements(_ value: JSONValue?) -> [JSONValue] {
        guard case .array(let elements)? = value else { return [] }
        return elements
    }

    private static func place(of entry: JSONValue) -> [Int] {
        ["bus", "slot", "function"].map { entry[$0]?.number.map { Int($0) } ?? -1 }
    }

    private static func place(of address: PCIAddress) -> [Int] {
        [Int(address.bus), Int(address.device), Int(address.function)]
    }
}
