// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension DeviceTree {
    /// Where host bridges send messages: `msi-map` first, for what it leaves out `msi-parent`
    /// (`pci_dev_msi_domain`, `pci_host_bridge_of_msi_domain`, 6.12).
    package var routes: [RequesterRoute] {
        bridges.flatMap { map($0, "msi-map", mask: "msi-map-mask") + parents($0) }
    }

    /// Which SMMU translates for the functions below host bridges: `iommu-map`
    /// (`of_pci_iommu_init`, 6.12).
    package var streams: [RequesterRoute] {
        bridges.flatMap { map($0, "iommu-map", mask: "iommu-map-mask") }
    }

    private var bridges: [String] {
        paths.filter {
            strings($0, "device_type") == ["pci"] || property($0, "bus-range") != nil
                || property($0, "msi-map") != nil || property($0, "iommu-map") != nil
        }
    }

    /// Entries of four cells: requester base, phandle, base there, length.
    ///
    /// Like `of_map_id` (6.12) it believes no map that ends within an entry, and none beyond a base that its mask hides.
    private func map(_ path: String, _ name: String, mask maskName: String) -> [RequesterRoute] {
        guard let cells = cells(path, name), cells.count.isMultiple(of: 4),
            let line = property(path, name)?.line
        else { return [] }
        let mask = cell(path, maskName) ?? .max
        var routes: [RequesterRoute] = []
        for start in stride(from: 0, to: cells.count, by: 4) {
            let (first, length) = (cells[start], cells[start + 3])
            guard first & ~mask == 0 else { break }
            guard length > 0 else { continue }
            let (last, overflow) = first.addingReportingOverflow(length - 1)
            routes.append(
                RequesterRoute(
                    bridge: path, domain: cell(path, "linux,pci-domain"), mask: mask,
                    requesters: first...(overflow ? .max : last), handle: cells[start + 1],
                    output: cells[start + 2], line: line))
        }
        return routes
    }

    /// The phandles of `msi-parent`, each with as many cells behind it as its controller says.
    private func parents(_ path: String) -> [RequesterRoute] {
        guard let cells = cells(path, "msi-parent"), let line = property(path, "msi-parent")?.line
        else { return [] }
        var routes: [RequesterRoute] = []
        var index = 0
        while index < cells.count {
            routes.append(
                RequesterRoute(
                    bridge: path, domain: cell(path, "linux,pci-domain"), requesters: 0...0xffff,
                    handle: cells[index], output: nil, line: line))
            guard let width = arguments(of: cells[index]), width < cells.count else { break }
            index += 1 + width
        }
        return routes
    }

    /// `#msi-cells` of a controller, 0 where it has none; nothing when there is no such node.
    private func arguments(of handle: UInt32) -> Int? {
        guard let node = paths.first(where: { cell($0, "phandle") == handle }) else { return nil }
        return cell(node, "#msi-cells").map { Int($0) } ?? 0
    }
}
