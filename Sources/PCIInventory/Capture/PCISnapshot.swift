// SPDX-License-Identifier: GPL-3.0-or-later

private import Foundation
private import SystemPackage
internal import Vocabulary

/// The whole of a machine's PCI hierarchy at one moment.
package enum PCISnapshot {
    /// Captures every function, sorted by address; nothing of libpci outlives the call.
    ///
    /// Blocks: a few milliseconds for a machine, a second for a dump of thousands of functions.
    /// Configuration space that cannot be read, for want of root, is not an error.
    /// - Throws: `PCIInventoryError`, also where libpci itself would have ended the process.
    package static func capture(
        from source: PCISource
    ) throws(PCIInventoryError) -> [PCIDevice] {
        switch source {
        case .thisMachine: return try devices(from: source, parameter: nil)
        case .sysfs(let root):
            let tree = root.appending("bus").appending("pci")
            guard FileManager.default.fileExists(atPath: tree.appending("devices").string) else {
                throw .notSysfs(root)
            }
            return try devices(from: source, parameter: tree.string)
        case .dump(let file):
            let excerpt = try DumpExcerpt.make(of: file)
            return try devices(
                from: source, parameter: excerpt.name, excerpt.configurations)
        }
    }

    private static func devices(
        from source: PCISource, parameter: String?,
        _ configurations: [PCIAddress: [UInt8]] = [:]
    ) throws(PCIInventoryError) -> [PCIDevice] {
        var copier = try DeviceCopier(source, parameter: parameter, configurations)
        var devices = try copier.all()
        devices.sort { $0.address < $1.address }
        fillParents(of: &devices)
        return devices
    }

    /// Finds the bridge above by bus numbers, where sysfs did not say.
    ///
    /// Only a bridge on a lower bus counts, so that no function is its own ancestor, whatever a
    /// dump claims.
    private static func fillParents(of devices: inout [PCIDevice]) {
        var bridges: [BusNumber: PCIAddress] = [:]
        for device in devices {
            guard let bridge = device.bridge, bridge.secondaryBus > device.address.bus else {
                continue
            }
            let below = BusNumber(domain: device.address.domain, bus: bridge.secondaryBus)
            bridges[below] = bridges[below] ?? device.address
        }
        for index in devices.indices where devices[index].parent == nil {
            let address = devices[index].address
            devices[index].parent = bridges[BusNumber(domain: address.domain, bus: address.bus)]
        }
    }
}

/// A bus of a machine.
struct BusNumber: Hashable {
    let domain: UInt32
    let bus: UInt8
}
