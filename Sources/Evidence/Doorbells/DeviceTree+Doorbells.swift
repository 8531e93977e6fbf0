// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension DeviceTree {
    /// The MSI controllers that are in it, in the kernel's order, those without a translatable
    /// address left out.
    package var doorbells: [DoorbellNode] { paths.compactMap(doorbell) }

    private func doorbell(_ path: String) -> DoorbellNode? {
        // Drivers pass over a node without this property (`gicv2m_of_init`, `its_of_probe`,
        // `mbi_init`, 6.12).
        guard let compatible = property(path, "compatible"),
            property(path, "msi-controller") != nil
        else { return nil }
        let names = strings(path, "compatible")
        var place = "reg"
        let kind: DoorbellNode.Kind
        if names.contains("arm,gic-v2m-frame") {
            kind = .frame(spis: frameSPIs(path))
        } else if names.contains("arm,gic-v3-its") {
            // Only of services, not of frames, does the kernel ask whether they are to be used.
            guard isAvailable(path) else { return nil }
            kind = preITSWindow(path).map { .preITS(window: $0) } ?? .its
        } else if names.contains("arm,gic-v3"), let ranges = messageSPIs(path) {
            if property(path, "mbi-alias") != nil { place = "mbi-alias" }
            kind = .mbi(ranges: ranges, isAlias: place != "reg")
        } else {
            return nil
        }
        guard let base = address(path, in: place) else { return nil }
        let lines = [compatible.line] + [property(path, place)?.line].compactMap { $0 }
        return DoorbellNode(
            kind: kind, base: base, handle: cell(path, "phandle"), name: path, lines: lines)
    }

    func isAvailable(_ path: String) -> Bool {
        guard let status = strings(path, "status").first else { return true }
        return status == "okay" || status == "ok"
    }

    /// `arm,msi-base-spi` counts as the frame's register does: interrupt IDs, not SPI numbers
    /// (`irq-gic-v2m.c`, 6.12).
    private func frameSPIs(_ path: String) -> ClosedRange<InterruptID>? {
        guard let first = cell(path, "arm,msi-base-spi"),
            let count = cell(path, "arm,msi-num-spis")
        else { return nil }
        return SPIRange.frame(first: first, count: count)
    }

    /// `mbi-ranges` counts interrupt IDs too: pairs of the first and how many
    /// (`irq-gic-v3-mbi.c`, 6.12).
    private func messageSPIs(_ path: String) -> [ClosedRange<InterruptID>]? {
        guard let cells = cells(path, "mbi-ranges"), !cells.isEmpty, cells.count.isMultiple(of: 2)
        else { return nil }
        let ranges = stride(from: 0, to: cells.count, by: 2).compactMap {
            SPIRange.messages(first: cells[$0], count: cells[$0 + 1])
        }
        return ranges.count == cells.count / 2 ? ranges : nil
    }

    /// Address and size of the window, as the CPU sees it.
    private func preITSWindow(_ path: String) -> PhysicalRange? {
        guard let cells = cells(path, "socionext,synquacer-pre-its"), cells.count == 2 else {
            return nil
        }
        return PhysicalRange(
            first: PhysicalAddress(rawValue: UInt64(cells[0])), size: .bytes(UInt64(cells[1])))
    }

    /// The SMMUs that are in it, those without a translatable address left out.
    package var smmus: [SMMUNode] { paths.compactMap(smmu) }

    /// The names that `arm-smmu` and `arm-smmu-v3` match (`arm_smmu_of_match`, 6.12).
    private func smmu(_ path: String) -> SMMUNode? {
        let names = strings(path, "compatible")
        let old: Set = [
            "arm,smmu-v1", "arm,smmu-v2", "arm,mmu-400", "arm,mmu-401", "arm,mmu-500",
            "cavium,smmu-v2", "nvidia,smmu-500", "qcom,smmu-v2",
        ]
        let architecture: SMMUNode.Architecture
        if names.contains("arm,smmu-v3") {
            architecture = .version3
        } else if !old.isDisjoint(with: names) {
            architecture = .version1Or2
        } else {
            return nil
        }
        guard isAvailable(path), let base = address(path) else { return nil }
        let lines = [property(path, "compatible")?.line, property(path, "reg")?.line]
        return SMMUNode(
            architecture: architecture, base: base, handle: cell(path, "phandle"), name: path,
            lines: lines.compactMap { $0 })
    }
}
