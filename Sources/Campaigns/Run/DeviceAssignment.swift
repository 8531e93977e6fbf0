// SPDX-License-Identifier: GPL-3.0-or-later

package import PCIInventory
package import Vocabulary

/// Finds a function of the board for each device that a case asks for.
package enum DeviceAssignment {
    /// Chooses the first fitting function in bus order for each device, none used twice.
    ///
    /// A device that must share another's group is chosen together with that one: the first pair
    /// that fits.
    /// - Throws: `UnmetDemand` naming the device that found none.
    package static func assign(
        _ demands: [DeviceName: DeviceRequirement], from inventory: [PCIDevice],
        sparing lifelines: Set<PCIAddress>
    ) throws(UnmetDemand) -> [DeviceName: PCIAddress] {
        let candidates = inventory.map { function in
            Candidate(address: function.address, group: function.likelyGroup(in: inventory)) {
                $0.isMet(by: function)
            }
        }
        return try assign(demands, among: candidates, sparing: lifelines)
    }

    /// Chooses as above, on a board that is described.
    /// - Throws: `UnmetDemand` naming the device that found none.
    package static func assign(
        _ demands: [DeviceName: DeviceRequirement], among devices: [DescribedDevice],
        sparing lifelines: Set<PCIAddress> = []
    ) throws(UnmetDemand) -> [DeviceName: PCIAddress] {
        let candidates = devices.map { device in
            Candidate(address: device.address, group: device.group) { device.meets($0) }
        }
        return try assign(demands, among: candidates, sparing: lifelines)
    }

    private static func assign(
        _ demands: [DeviceName: DeviceRequirement], among all: [Candidate],
        sparing lifelines: Set<PCIAddress>
    ) throws(UnmetDemand) -> [DeviceName: PCIAddress] {
        let free = all.filter { !lifelines.contains($0.address) }
            .sorted { $0.address < $1.address }
        let names = demands.sorted { $0.key < $1.key }
        var search = Search(demands: names, free: free)
        if let chosen = search.place([:]) { return chosen.mapValues(\.address) }
        let (name, demand) = names[search.deepest]
        throw UnmetDemand(
            device: name, demand: demand, present: all.count { $0.meets(demand) })
    }
}

/// A function that may serve, whoever told of it.
private struct Candidate {
    let address: PCIAddress
    /// The functions that share its IOMMU group, as far as one can tell beforehand.
    let group: Set<PCIAddress>
    let meets: (DeviceRequirement) -> Bool
}

/// Tries functions for one device after the other, and goes back where a later one finds none.
private struct Search {
    let demands: [(key: DeviceName, value: DeviceRequirement)]
    let free: [Candidate]
    /// The device furthest behind that found none.
    var deepest = 0

    mutating func place(_ chosen: [DeviceName: Candidate]) -> [DeviceName: Candidate]? {
        guard chosen.count < demands.count else { return chosen }
        deepest = max(deepest, chosen.count)
        let (name, demand) = demands[chosen.count]
        let used = Set(chosen.values.map(\.address))
        for candidate in free where !used.contains(candidate.address) && candidate.meets(demand) {
            guard fits(candidate, name, demand, chosen) else { continue }
            if let all = place(chosen.merging([name: candidate]) { $1 }) { return all }
        }
        return nil
    }

    /// Whether a function shares the group of those that the devices before it must share one with.
    private func fits(
        _ candidate: Candidate, _ name: DeviceName, _ demand: DeviceRequirement,
        _ chosen: [DeviceName: Candidate]
    ) -> Bool {
        let mates = demands.filter { $0.value.groupMate == name }.map(\.key)
        return (mates + [demand.groupMate].compactMap(\.self)).allSatisfy { mate in
            chosen[mate].map { candidate.group.contains($0.address) } ?? true
        }
    }
}

extension PCIDevice {
    /// The functions that will share this one's IOMMU group: the kernel's word where it has said it,
    /// else the functions of one slot.
    ///
    /// A function that no driver has probed has no group yet where firmware is a device tree.
    fileprivate func likelyGroup(in inventory: [PCIDevice]) -> Set<PCIAddress> {
        Set(
            inventory.filter { other in
                if let own = iommuGroup, let theirs = other.iommuGroup { return own == theirs }
                return !isVirtualFunction && !other.isVirtualFunction
                    && address.isInSlot(of: other.address)
            }.map(\.address))
    }

    var isVirtualFunction: Bool { configuration.isVirtualFunction }
}

extension PCIAddress {
    fileprivate func isInSlot(of other: PCIAddress) -> Bool {
        domain == other.domain && bus == other.bus && device == other.device
    }
}

extension DeviceRequirement {
    /// Whether a function is what the case asks for.
    func isMet(by device: PCIDevice) -> Bool {
        guard device.isVirtualFunction == (isVirtualFunction ?? false) else { return false }
        return switch kind {
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
