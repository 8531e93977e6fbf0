// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

extension BoardFacts {
    /// All doorbells, in the order of the kernel's lists.
    package var doorbells: [Doorbell] {
        get { topology.controllers.flatMap(\.doorbells) }
        set { topology.controllers = MSIController.grouping(newValue) }
    }

    /// The doorbell of each device that can ring no other; setting one holds the device to it.
    package var routes: [PCIAddress: Doorbell] {
        get {
            topology.routes.compactMapValues { route in
                route.controller?.doorbells.count == 1 ? route.controller?.doorbells.first : nil
            }
        }
        set { topology.routes = DeviceRoute.holding(newValue) }
    }

    /// The controller that allocates a device's vectors; a board's only one where no route is
    /// stated.
    package func controller(of device: PCIAddress) -> MSIController? {
        if let route = topology.routes[device] { return route.controller }
        return topology.controllers.count == 1 ? topology.controllers.first : nil
    }

    /// The doorbell that a device rings; nothing where it may be one of several.
    package func doorbell(of device: PCIAddress) -> Doorbell? {
        guard let controller = controller(of: device), controller.doorbells.count == 1 else {
            return nil
        }
        return controller.doorbells.first
    }

    /// How an ITS knows a device; its requester ID where firmware maps nothing.
    package func deviceID(of device: PCIAddress) -> DeviceID {
        topology.routes[device]?.device ?? DeviceID(of: device)
    }

    /// The other devices that have a device's DevID on its controller.
    package func sharers(of device: PCIAddress) -> Set<PCIAddress> {
        guard let route = topology.routes[device] else { return [] }
        return Set(topology.routes.filter { $0.key != device && $0.value == route }.keys)
    }

    /// What a doorbell must know of a device's vector.
    package func context(
        of device: PCIAddress, vector: VectorIndex, block: UInt32 = 1,
        interrupt: InterruptID? = nil
    ) -> VectorContext {
        VectorContext(
            device: deviceID(of: device), sharesDevice: !sharers(of: device).isEmpty,
            vector: vector, block: block, interrupt: interrupt)
    }

    /// The SMMU that translates a device's DMA, where firmware tells.
    package func smmu(of device: PCIAddress) -> SMMUIdentity? {
        topology.streams[device]?.smmu
    }

    /// Whether drivers list a window of the hardware beside the software's: an Arm SMMU's driver
    /// adds the software window whatever firmware says of the ITS (`arm_smmu_get_resv_regions`,
    /// then `iort_iommu_msi_get_resv_regions`, 6.1).
    var listsBothWindows: Bool { !host.hardwareWindows.isEmpty && host.addsSoftwareWindow }

    /// The pages that the doorbells' registers lie in.
    ///
    /// Of a window with a register for each DevID, those of the devices that are routed to it.
    package var doorbellPages: Set<PhysicalAddress> {
        var contexts = [VectorContext(device: DeviceID(rawValue: 0))]
        contexts += topology.routes.values.map { VectorContext(device: $0.device) }
        contexts += groups.keys.map { VectorContext(device: deviceID(of: $0)) }
        return doorbells.reduce(into: []) { pages, doorbell in
            for context in doorbell.dependsOnDevice ? contexts : [contexts[0]] {
                pages.formUnion(doorbell.pages(for: context, pageSize))
            }
        }
    }
}

extension DeviceRoute {
    /// Holds each device to one doorbell, under its own requester ID.
    static func holding(_ doorbells: [PCIAddress: Doorbell]) -> [PCIAddress: DeviceRoute] {
        Dictionary(
            uniqueKeysWithValues: doorbells.map { device, doorbell in
                let controller = MSIController(doorbells: [doorbell])
                return (device, DeviceRoute(controller: controller, device: DeviceID(of: device)))
            })
    }
}

extension Doorbell {
    var dependsOnDevice: Bool {
        if case .preITS = kind { true } else { false }
    }
}
