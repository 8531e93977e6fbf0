// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

/// Follows firmware's tables from a device to the SMMU that translates its DMA.
struct DeviceStreaming {
    let evidence: BoardEvidence

    /// Nothing where firmware does not say.
    func stream(of device: PCIAddress) -> DeviceStream? {
        if let found = evidence.remapping?.smmu(of: device) { return stream(to: found) }
        return BridgeChoice.agreed(evidence.streams, device, stream)
    }

    private func stream(to destination: IORT.Destination) -> DeviceStream? {
        switch destination.node.kind {
        case .smmu(let base):
            DeviceStream(
                smmu: SMMUIdentity(architecture: .version1Or2, base: base), stream: destination.id)
        case .smmuV3(let base, _):
            DeviceStream(
                smmu: SMMUIdentity(architecture: .version3, base: base), stream: destination.id)
        case .services, .rootComplex, .other: nil
        }
    }

    private func stream(along routes: [RequesterRoute], _ device: PCIAddress) -> DeviceStream? {
        for route in routes {
            guard let node = evidence.smmus.first(where: { $0.handle == route.handle }) else {
                continue
            }
            let architecture: SMMUIdentity.Architecture =
                switch node.architecture {
                case .version1Or2: .version1Or2
                case .version3: .version3
                }
            return DeviceStream(
                smmu: SMMUIdentity(architecture: architecture, base: node.base),
                stream: route.output(of: device))
        }
        return nil
    }
}
