// SPDX-License-Identifier: GPL-3.0-or-later

private import CLibPCI

/// Remembers the names that were looked up: many functions are of few kinds.
struct NameTable {
    private struct Key: Hashable {
        let mode: UInt32
        let ids: UInt64
    }

    private var known: [Key: String?] = [:]

    mutating func vendor(_ id: UInt16, in library: inout LibPCI) throws(PCIInventoryError)
        -> String?
    {
        try name(PCI_LOOKUP_VENDOR.rawValue, [id], &library)
    }

    mutating func device(
        _ id: UInt16, of vendor: UInt16, in library: inout LibPCI
    ) throws(PCIInventoryError) -> String? {
        try name(PCI_LOOKUP_DEVICE.rawValue, [vendor, id], &library)
    }

    mutating func subsystemVendor(
        _ id: UInt16, in library: inout LibPCI
    ) throws(PCIInventoryError) -> String? {
        try name(PCI_LOOKUP_SUBSYSTEM.rawValue | PCI_LOOKUP_VENDOR.rawValue, [id], &library)
    }

    mutating func subsystem(
        _ id: UInt16, of subsystemVendor: UInt16, device: UInt16, vendor: UInt16,
        in library: inout LibPCI
    ) throws(PCIInventoryError) -> String? {
        try name(
            PCI_LOOKUP_SUBSYSTEM.rawValue | PCI_LOOKUP_DEVICE.rawValue,
            [vendor, device, subsystemVendor, id], &library)
    }

    mutating func deviceClass(
        _ code: UInt16, in library: inout LibPCI
    ) throws(PCIInventoryError) -> String? {
        try name(PCI_LOOKUP_CLASS.rawValue, [code], &library)
    }

    mutating func programmingInterface(
        _ interface: UInt8, of code: UInt16, in library: inout LibPCI
    ) throws(PCIInventoryError) -> String? {
        try name(PCI_LOOKUP_PROGIF.rawValue, [code, UInt16(interface)], &library)
    }

    /// Looks up at most four IDs, in the order of `pci_lookup_name`.
    private mutating func name(
        _ mode: UInt32, _ ids: [UInt16], _ library: inout LibPCI
    ) throws(PCIInventoryError) -> String? {
        let packed = ids.reduce(UInt64(0)) { $0 << 16 | UInt64($1) }
        let key = Key(mode: mode, ids: packed)
        if let name = known[key] { return name }
        let padded = ids.map { Int32($0) } + [0, 0, 0]
        let name = try library.name(mode, (padded[0], padded[1], padded[2], padded[3]))
        known[key] = .some(name)
        return name
    }
}
