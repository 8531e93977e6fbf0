// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

/// Follows firmware's tables from a device to the controller that allocates its vectors.
struct DeviceRouting {
    let evidence: BoardEvidence
    let found: [FoundDoorbell]
    let controllers: [MSIController]

    /// Nothing where firmware does not say, or where it cannot be told which bridge is meant.
    func route(of device: PCIAddress) -> DeviceRoute? {
        if let services = evidence.remapping?.services(of: device) {
            return route(to: services)
        }
        if let route = BridgeChoice.agreed(evidence.routes, device, route) { return route }
        // With ACPI the frames serve every function that IORT sends to no ITS
        // (`pci_msi_register_fwnode_provider`, `irq-gic-v2m.c`, 6.12).
        guard evidence.routes.isEmpty, found.contains(where: { $0.node.name == "MADT" }),
            let frames = controllers.first(where: \.isFrames)
        else { return nil }
        return DeviceRoute(controller: frames, device: DeviceID(of: device))
    }

    /// Of a group the kernel takes the first service (`iort_get_device_domain`, 6.12).
    private func route(to destination: IORT.Destination) -> DeviceRoute {
        var controller: MSIController?
        if case .services(let ids) = destination.node.kind, let id = ids.first {
            controller = self.controller { $0.kind == .its && $0.handle == id }
        }
        return DeviceRoute(controller: controller, device: DeviceID(rawValue: destination.id))
    }

    /// The first route of a bridge that leads to an irq domain; where none does, the device has no
    /// MSIs.
    private func route(along routes: [RequesterRoute], _ device: PCIAddress) -> DeviceRoute? {
        for route in routes {
            if let controller = controller(where: { $0.handle == route.handle }) {
                return DeviceRoute(
                    controller: controller, device: DeviceID(rawValue: route.output(of: device)))
            }
        }
        return DeviceRoute(controller: nil, device: DeviceID(of: device))
    }

    /// The irq domain that answers for a node.
    ///
    /// All frames share the domain of the first, so that the others' nodes lead nowhere
    /// (`gicv2m_allocate_domains`, 6.12).
    private func controller(where isIt: (DoorbellNode) -> Bool) -> MSIController? {
        guard let node = found.first(where: { isIt($0.node) }) else { return nil }
        return controllers.first { $0.doorbells.first == node.doorbell }
    }
}

extension MSIController {
    var isFrames: Bool {
        switch doorbells.first?.kind {
        case .gicV2m, .graviton: true
        case .its, .preITS, .mbi, nil: false
        }
    }
}
