// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Which MSI controllers and SMMUs a board has, and whom they serve, as firmware tells.
package struct MSITopology: Sendable, Hashable, Codable {
    /// In the order in which the kernel finds them.
    package var controllers: [MSIController]
    package var routes: [PCIAddress: DeviceRoute]
    package var streams: [PCIAddress: DeviceStream]

    package init(
        controllers: [MSIController], routes: [PCIAddress: DeviceRoute] = [:],
        streams: [PCIAddress: DeviceStream] = [:]
    ) {
        self.controllers = controllers
        self.routes = routes
        self.streams = streams
    }
}

/// Where the messages of a device go.
package struct DeviceRoute: Sendable, Hashable, Codable {
    /// Nothing where firmware names a controller that no irq domain answers for, so that the
    /// device has no MSIs at all.
    package var controller: MSIController?
    package var device: DeviceID

    package init(controller: MSIController?, device: DeviceID) {
        self.controller = controller
        self.device = device
    }
}

/// Which SMMU translates the DMA of a device, and under which number.
package struct DeviceStream: Sendable, Hashable, Codable {
    package var smmu: SMMUIdentity
    /// The stream ID that the SMMU sees.
    package var stream: UInt32

    package init(smmu: SMMUIdentity, stream: UInt32) {
        self.smmu = smmu
        self.stream = stream
    }
}

/// Which SMMU it is of a board's: no two have the same registers.
package struct SMMUIdentity: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The generation of the architecture, which decides the driver.
    package enum Architecture: String, Sendable, Hashable, Codable {
        /// SMMUv1 and SMMUv2, and what is built like them: `arm-smmu`.
        case version1Or2 = "SMMUv1/2"
        /// `arm-smmu-v3`.
        case version3 = "SMMUv3"
    }

    package let architecture: Architecture
    package let base: PhysicalAddress

    package init(architecture: Architecture, base: PhysicalAddress) {
        self.architecture = architecture
        self.base = base
    }

    package var description: String { "\(architecture.rawValue) at \(base)" }
}
