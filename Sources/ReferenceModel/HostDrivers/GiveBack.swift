// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension Host {
    /// Gives a device to its host driver, whose probe arms vectors of its own.
    ///
    /// The default domain decides: an identity domain leaves the physical address, a DMA domain
    /// takes an IOVA from the DMA allocator, highest below 4 GiB first
    /// (`iommu_dma_alloc_iova`, 6.1). Which one is exact only in a domain that holds nothing else.
    mutating func giveBack(_ name: DeviceName, _ seen: inout StepExpectation) {
        guard let address = devices[name], attached[name] == nil else {
            seen.outcome = .impossible(reason: "device \(name) is not there to be given back")
            return
        }
        guard let target = targets(of: address, .msix, 1)?.first, target.registers.count == 1,
            let register = target.registers.first
        else { return }
        guard let placed = hostAddress(of: register, for: address) else { return }
        seen.messages = [
            VectorExpectation(
                device: address, kind: .msix, vector: VectorIndex(rawValue: 0),
                address: .exactly(placed.address), data: target.data, map: placed.map)
        ]
        seen.doorbellMaps = placed.map.map { [$0] } ?? []
    }

    private func hostAddress(
        of register: PhysicalAddress, for device: PCIAddress
    ) -> (address: MessageAddress, map: Prediction<DoorbellMap>?)? {
        if isIdentity { return (MessageAddress(rawValue: register.rawValue), nil) }
        guard isTranslated, parameters.hostDomainIsFresh else { return nil }
        let granule = mixedGranule
        let mask = board.host.masks[device] ?? parameters.defaultMask
        let limit = min(min(mask, IOVA(rawValue: 0xffff_ffff)), board.aperture.last)
        let page = PageFrame(of: limit, granule: granule).address(granule: granule)
        let map = DoorbellMap(
            iova: page, page: register.page(of: granule), size: granule.bytes)
        return (map.address(of: register, granule: granule), .exactly(map))
    }

    private var isIdentity: Bool {
        design.doorbells == .unmapped && design.interface == .hostDriver
            || board.host.defaultDomain == .identity
    }

    private var isTranslated: Bool {
        design.interface == .hostDriver || board.host.defaultDomain == .translated
    }
}
