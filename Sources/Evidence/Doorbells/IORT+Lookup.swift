// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

extension IORT {
    /// Where a requester's writes end, and under which ID.
    package struct Destination: Sendable, Hashable {
        package let node: Node
        package let id: UInt32

        package init(node: Node, id: UInt32) {
            self.node = node
            self.id = id
        }
    }

    /// The ITS group that serves a function, and its DevID there (`iort_msi_map_id`, 6.12).
    package func services(of device: PCIAddress) -> Destination? {
        destination(of: device) { if case .services = $0.kind { true } else { false } }
    }

    /// The SMMU that a function stands behind, and its stream ID there
    /// (`iort_pci_iommu_init`, 6.12).
    package func smmu(of device: PCIAddress) -> Destination? {
        destination(of: device) {
            switch $0.kind {
            case .smmu, .smmuV3: true
            case .services, .rootComplex, .other: false
            }
        }
    }

    /// Follows the mappings from the first root complex of the segment, as `iort_node_map_id` does.
    private func destination(
        of device: PCIAddress, where isIt: (Node) -> Bool
    ) -> Destination? {
        let root = nodes.first { $0.kind == .rootComplex(segment: device.domain) }
        guard var node = root else { return nil }
        var id = UInt32(device.requesterID)
        // Mappings that lead back would never end.
        for _ in nodes {
            if isIt(node) { return Destination(node: node, id: id) }
            guard let (target, output) = node.leave(with: id),
                let next = nodes.first(where: { $0.offset == target })
            else { return nil }
            (node, id) = (next, output)
        }
        return nil
    }
}

extension IORT.Node {
    /// Where an ID goes from here, and what it becomes.
    ///
    /// Firmware that counts a range one too long makes its last ID lie in the next range too: the
    /// kernel then prefers the one that begins there (`iort_id_map`, 6.12).
    func leave(with id: UInt32) -> (target: Int, id: UInt32)? {
        guard let first = mappings.first, first.target != 0 else { return nil }
        var last: (target: Int, id: UInt32)?
        for (index, mapping) in mappings.enumerated() where index != ownMapping {
            if mapping.isSingle {
                guard case .rootComplex = kind else { continue }
                return (mapping.target, mapping.output)
            }
            guard id >= mapping.first, id - mapping.first <= mapping.more else { continue }
            if last != nil, id != mapping.first { continue }
            let found = (mapping.target, mapping.output &+ (id - mapping.first))
            guard mapping.more > 0, id - mapping.first == mapping.more else { return found }
            last = found
        }
        return last
    }

    private var ownMapping: Int? {
        if case .smmuV3(_, let index) = kind { index.map { Int($0) } } else { nil }
    }
}
