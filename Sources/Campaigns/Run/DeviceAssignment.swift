// SPDX-License-Identifier: GPL-3.0-or-later

package import PCIInventory
package import Vocabulary

/// Finds a function of the board for each device that a case asks for.
package enum DeviceAssignment {
    /// Chooses the first fitting function in bus order for each device, none used twice.
    /// - Throws: `UnmetDemand` naming the device that found none.
    package static func assign(
        _ demands: [DeviceName: DeviceRequirement], from inventory: [PCIDevice],
        sparing lifelines: Set<PCIAddress>
    ) throws(UnmetDemand) -> [DeviceName: PCIAddress] {
        try assign(demands, among: DescribedDevice.devices(of: inventory), sparing: lifelines)
    }

    /// Chooses as above, on a board that is described.
    /// - Throws: `UnmetDemand` naming the device that found none.
    package static func assign(
        _ demands: [DeviceName: DeviceRequirement], among devices: [DescribedDevice],
        sparing lifelines: Set<PCIAddress> = []
    ) throws(UnmetDemand) -> [DeviceName: PCIAddress] {
        var free = devices.filter { !lifelines.contains($0.address) }
            .sorted { $0.address < $1.address }
        var chosen: [DeviceName: PCIAddress] = [:]
        for (name, demand) in demands.sorted(by: { $0.key < $1.key }) {
            guard let place = free.firstIndex(where: { $0.kind == demand.kind }) else {
                let known = devices.count { $0.kind == demand.kind }
                throw UnmetDemand(device: name, demand: demand, present: known)
            }
            chosen[name] = free.remove(at: place).address
        }
        return chosen
    }
}

extension DescribedDevice {
    /// Those functions of an inventory that cases can ask for.
    package static func devices(of inventory: [PCIDevice]) -> [DescribedDevice] {
        inventory.compactMap { function in
            let kind = DeviceRequirement.Kind.allCases.first {
                DeviceRequirement(kind: $0).isMet(by: function)
            }
            return kind.map { DescribedDevice(kind: $0, address: function.address) }
        }
    }
}

extension DeviceRequirement {
    /// Whether a function is what the case asks for.
    func isMet(by device: PCIDevice) -> Bool {
        switch kind {
        case .edu: device.hasID(0x1234, 0x11e8)
        case .e1000e: device.hasID(0x8086, 0x10d3)
        case .igb: device.hasID(0x8086, 0x10c9)
        case .ivshmem: device.hasID(0x1af4, 0x1110)
        case .nvme:
            device.classCode.code.rawValue == 0x0108
                && device.classCode.programmingInterface == 2
        case .other: identity?.isOf(device) == true
        }
    }
}

extension DeviceRequirement.Identity {
    fileprivate func isOf(_ found: PCIDevice) -> Bool {
        switch self {
        case .id(let vendor, let device): found.hasID(vendor, device)
        case .classCode(let code): found.classCode.code.rawValue == code
        }
    }
}

extension PCIDevice {
    fileprivate func hasID(_ vendor: UInt16, _ device: UInt16) -> Bool {
        identity.vendor.id.rawValue == vendor && identity.device.id.rawValue == device
    }
}

/// A case that asks a board for a device that it does not have.
package struct UnmetDemand: Blame, Hashable {
    package let device: DeviceName
    package let demand: DeviceRequirement
    /// How many of the kind there are at all, those in use or protected included.
    package let present: Int

    package var kind: FaultKind { .suite }

    package var account: Account {
        Account(
            subject: "the case", action: "have its device '\(device)'",
            cause: present == 0
                ? "the board has no \(demand)"
                : "all \(present) \(demand.identity == nil ? "of kind" : "with") \(demand) are in use or protected",
            remedy: "Run the case on another board, or add the device to the lab file.")
    }
}
