// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Vocabulary

/// What a container's file descriptor stands for: the domains that its devices are in.
struct AddressSpace: Sendable {
    /// A domain while it lives.
    struct Domain: Sendable {
        let life: DomainLife
        /// Which of the board's SMMUs translates for it; nothing where that is not known.
        let unit: SMMUIdentity?
        var devices: Set<DeviceName> = []
    }

    /// The step that opened the file descriptor: several address spaces may live on one.
    let descriptor: Int
    /// In the order of opening.
    var domains: [Domain] = []
    private var opened = 0

    init(descriptor: Int) { self.descriptor = descriptor }

    /// Puts a device into the domain of its SMMU, or into one of its own where `isNew` says so.
    mutating func join(
        _ device: DeviceName, of container: ContainerName, unit: SMMUIdentity?, isNew: Bool
    ) -> DomainLife {
        let known = domains.lastIndex { unit == nil || $0.unit == unit }
        if let known, !isNew {
            domains[known].devices.insert(device)
            return domains[known].life
        }
        opened += 1
        let life = DomainLife(owner: .container(container), number: opened)
        domains.append(Domain(life: life, unit: unit, devices: [device]))
        return life
    }

    /// Takes a device out; a domain goes with its last.
    mutating func leave(_ device: DeviceName) {
        for index in domains.indices { domains[index].devices.remove(device) }
        domains.removeAll { $0.devices.isEmpty }
    }

    /// Forgets what was in it, but not how many domains there were.
    mutating func reopen(descriptor: Int) {
        let count = opened
        self = AddressSpace(descriptor: descriptor)
        opened = count
    }
}
