// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Vocabulary

/// A device of a board description, with what serves it.
struct DeviceEntry {
    let device: DescribedDevice
    let doorbell: Doorbell?
    let smmu: SMMUIdentity?
    let group: Set<PCIAddress>
    let mask: IOVA?

    func enter(into facts: inout BoardFacts) {
        let address = device.address
        facts.groups[address] = IOMMUGroup(members: group)
        facts.host.masks[address] = mask
        if let doorbell {
            let controller = facts.topology.controllers.first { $0.doorbells.contains(doorbell) }
            facts.topology.routes[address] = DeviceRoute(
                controller: controller, device: DeviceID(of: address))
        }
        if let smmu {
            facts.topology.streams[address] = DeviceStream(
                smmu: smmu, stream: UInt32(address.requesterID))
        }
    }
}

extension BoardParts {
    func devices(_ value: Value) -> [DeviceEntry]? {
        guard let values = value.list() else { return nil }
        var known = Uniqueness<PCIAddress>(noun: "device")
        let entries = values.map { entry($0, &known) }
        return entries.contains { $0 == nil } ? nil : entries.compactMap(\.self)
    }

    private func entry(_ value: Value, _ known: inout Uniqueness<PCIAddress>) -> DeviceEntry? {
        guard let reader = MappingReader<DescribedDeviceKey>(value) else { return nil }
        let kind = reader.required(.kind) { $0.choice(DeviceRequirement.Kind.self) }
        let address = reader.required(.address) { known.unique($0.pciAddress(), at: $0) }
        let members = reader.optional(.group, default: []) { $0.list(of: { $0.pciAddress() }) }
        let bits: UInt64? = reader.optional(.maskBits) { $0.count(1...64) }
        let isVirtual = reader.optional(.virtualFunction, default: false) { $0.boolean() }
        let doorbell = doorbell(reader[.controller])
        let smmu = smmu(reader[.smmu])
        guard let kind, let address else { return nil }
        let device = DescribedDevice(
            kind: kind, address: address, isVirtualFunction: isVirtual, group: Set(members))
        return DeviceEntry(
            device: device, doorbell: doorbell, smmu: smmu, group: device.group,
            mask: bits.map { IOVA(rawValue: .max >> (64 - $0)) })
    }
}

extension Value {
    /// Reads the place of a PCI function: `0000:01:00.0`.
    func pciAddress() -> PCIAddress? {
        guard let text = text("a PCI address") else { return nil }
        return PCIAddress(text)
            ?? complain(
                "'\(shortened(text))' is no PCI address; write one like 0000:01:00.0",
                as: PCIAddress.self)
    }
}
