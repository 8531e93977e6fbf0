// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension Host {
    /// Gives a device to its host driver, whose probe arms vectors of its own.
    ///
    /// The default domain decides: an identity domain leaves the physical address, a DMA domain
    /// takes an IOVA from the DMA allocator, highest below 4 GiB first
    /// (`iommu_dma_alloc_iova`, 6.1). Which one is exact only in a domain that holds nothing else;
    /// and one that was there before, as a group's default domain is, has mapped the page already.
    mutating func giveBack(_ name: DeviceName, _ seen: inout StepExpectation) {
        guard let address = devices[name], attached[name] == nil else {
            seen.outcome = .impossible(reason: "device \(name) is not there to be given back")
            return
        }
        guard !unplugged.contains(name) else {
            seen.outcome = .impossible(reason: "device \(name) is not in its slot")
            return
        }
        if isOwned(board.group(of: address)) {
            // The probe fails before the driver sees the device (`iommu_device_use_default_domain`,
            // 5.19), which the file tells as EINVAL (`drivers_probe_store`, drivers/base/bus.c).
            if !claimsGroups { lostTo = Self.kernelStops }
            return seen.refuse("write", .invalid)
        }
        hosted.insert(name)
        guard let target = targets(of: address, .msix, 1)?.first, target.registers.count == 1,
            let register = target.registers.first
        else { return }
        guard let placed = hostAddress(of: register, for: address) else { return }
        seen.messages = [
            VectorExpectation(
                device: address, kind: .msix, vector: VectorIndex(rawValue: 0),
                address: placed.address, data: target.data, map: placed.map)
        ]
        if parameters.hostDomainIsFresh { seen.doorbellMaps = placed.map.map { [$0] } ?? [] }
    }

    private func hostAddress(
        of register: PhysicalAddress, for device: PCIAddress
    ) -> (address: Prediction<MessageAddress>, map: Prediction<DoorbellMap>?)? {
        if isIdentity { return (.exactly(MessageAddress(rawValue: register.rawValue)), nil) }
        guard isTranslated else { return nil }
        let granule = mixedGranule
        let maps = hostPages(for: device).map {
            DoorbellMap(iova: $0, page: register.page(of: granule), size: granule.bytes)
        }
        guard let first = maps.first else { return nil }
        let map: Prediction<DoorbellMap> =
            maps.count == 1
            ? .exactly(first)
            : .oneOf(maps, because: "what the driver has allocated before lies above it")
        return (map.map { $0.address(of: register, granule: granule) }, map)
    }

    /// Where the page may lie: the highest, or some below it in a domain that holds more.
    private func hostPages(for device: PCIAddress) -> [IOVA] {
        let granule = mixedGranule
        let mask = board.host.masks[device] ?? parameters.defaultMask
        let limit = min(min(mask, IOVA(rawValue: 0xffff_ffff)), board.aperture.last)
        let top = PageFrame(of: limit, granule: granule).address(granule: granule)
        let count = parameters.hostDomainIsFresh ? 1 : parameters.hostPages
        return (0..<count).compactMap { pages in
            top.moved(backBy: ByteCount(rawValue: pages * granule.bytes.rawValue))
        }
    }

    private var isIdentity: Bool {
        design.doorbells == .unmapped && design.interface == .hostDriver
            || board.host.defaultDomain == .identity
    }

    private var isTranslated: Bool {
        design.interface == .hostDriver || board.host.defaultDomain == .translated
    }
}
