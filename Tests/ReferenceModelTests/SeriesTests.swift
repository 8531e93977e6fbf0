// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing
import Vocabulary

/// Each patch of the RFC, with the corners of what it brings.
@Suite struct SeriesTests {
    private let aperture: IOVARange
    private let window: IOVARange

    init() throws {
        aperture = try Sample.range(0, 0xff_ffff_ffff)
        window = try Sample.range(0x1_0000, 0x1_3fff)
    }

    private func without(_ patches: SeriesPatch...) throws -> SeriesPoint {
        try SeriesPoint(applied: Set(SeriesPatch.allCases).subtracting(patches))
    }

    private func cookie(
        _ window: IOVARange, type: DomainType = .mixed, geometry: MSIGeometry = .arm,
        options: MixedOptions = MixedOptions()
    ) throws -> MixedCookie {
        try MixedCookie.make(
            for: type, window: window, aperture: aperture, geometry: geometry, granule: .fourKiB,
            options: options
        ).get()
    }

    @Test(arguments: [
        (0 as UInt64, 0 as UInt64, false), (0x1000, 0x1000, false), (0x1000, 0x0fff, false),
        (0x1000, 0x1001, true), (0, 1, true),
    ])
    func p01AnApertureOfOneAddressIsNotSet(_ start: UInt64, _ end: UInt64, _ valid: Bool) {
        let geometry = MSIGeometry(
            start: IOVA(rawValue: start), end: IOVA(rawValue: end), isSupported: true)
        #expect((geometry.aperture != nil) == valid)
    }

    @Test func p01TheAttributeIsCopiedAndCannotBeSet() {
        #expect(SeriesPoint.afterPatch(1).value(of: .msiGeometry, in: .x86) == .x86)
        #expect(SeriesPoint.base.value(of: .msiGeometry, in: .x86) == nil)
        #expect(SeriesPoint.complete.errnoOfSetting(.msiGeometry) == .invalid)
        #expect(!MSIGeometry.x86.isSupported && MSIGeometry.arm.isSupported)
        #expect(MSIGeometry.arm.aperture == nil)
    }

    @Test func p02TheCapabilityIsThereBeforeAnybodyClaimsIt() {
        #expect(!SeriesPoint.afterPatch(2).isCapable(.translateMSI))
        #expect(!SeriesPoint.afterPatch(10).isCapable(.translateMSI))
        #expect(SeriesPoint.complete.isCapable(.translateMSI))
    }

    @Test func p03MixedEqualsNeitherOfTheOthers() {
        #expect(DomainType.mixed != .unmanaged && DomainType.mixed != .dma)
        #expect(DomainType.mixed.contains(.paging) && !DomainType.mixed.contains(.dmaAPI))
        #expect([DomainType.unmanaged, .dma, .identity].map(\.rawValue) == [1, 3, 4])
    }

    @Test(arguments: [DomainType.unmanaged, .dma, .identity])
    func p04AnotherTypeIsRefused(_ type: DomainType) throws {
        #expect(throws: CookieRefusal.invalid) { try cookie(window, type: type) }
        // The type is looked at first.
        #expect(throws: CookieRefusal.invalid) {
            try cookie(Sample.range(1 << 41, 1 << 42), type: type)
        }
    }

    @Test func p04AHardwareWindowElsewhereIsRefused() throws {
        #expect(throws: CookieRefusal.invalid) { try cookie(window, geometry: .x86) }
        _ = try cookie(aperture, geometry: .x86)
    }

    @Test func p04ASecondCookieIsRefusedAfterTheChecksThatStandBeforeIt() throws {
        let first = try cookie(window)
        func second(_ type: DomainType) -> Result<MixedCookie, CookieRefusal> {
            MixedCookie.make(
                for: type, window: window, aperture: aperture, geometry: .arm,
                granule: .fourKiB, after: first)
        }
        #expect(throws: CookieRefusal.exists) { try second(.mixed).get() }
        #expect(throws: CookieRefusal.invalid) { try second(.dma).get() }
    }

    @Test func p04WithoutTheDMALayerTheAttachFailsWithTheStubsErrno() throws {
        let seen = try Sample.predict(
            try Sample.attached(), on: try Sample.board(), as: .mixed,
            parameters: ModelParameters(mixed: MixedOptions(isBuilt: false))
        ).steps
        #expect(seen[1].outcome == .refused(calls: ["VFIO_SET_IOMMU"], errno: .noDevice))
    }

    @Test func p04ARangeOutsideTheApertureIsABadAddress() throws {
        #expect(throws: CookieRefusal.outsideAperture) {
            try cookie(Sample.range(1 << 41, 1 << 42))
        }
        #expect(CookieRefusal.outsideAperture.errno == .badAddress)
    }

    @Test func p04PageZeroIsNeverHandedOut() throws {
        let only = try cookie(Sample.range(0, 0xfff))
        #expect(only.candidate(mask: IOVA(rawValue: .max)) == nil)
        let two = try cookie(Sample.range(0, 0x1fff))
        #expect(two.candidate(mask: IOVA(rawValue: .max)) == IOVA(rawValue: 0x1000))
    }

    @Test func p04TheWindowIsAnUpperBound() throws {
        let pages = try cookie(window)
        #expect(pages.candidate(mask: IOVA(rawValue: .max)) == IOVA(rawValue: 0x1_3000))
        #expect(pages.candidate(mask: IOVA(rawValue: 0x1_1fff)) == IOVA(rawValue: 0x1_1000))
    }

    @Test(arguments: [(true, 4), (false, 3)])
    func p04AWindowHoldsAllItsPagesOnceTheComparisonIsRight(_ fixed: Bool, _ held: Int) throws {
        let pages = try cookie(window, options: MixedOptions(lowestPageUsable: fixed))
        var taken: [UInt64] = []
        var probe = pages
        while let iova = probe.candidate(mask: IOVA(rawValue: .max)), taken.count < 9 {
            taken.append(iova.rawValue)
            _ = probe.mapMixed(try Sample.range(iova.rawValue, iova.rawValue + 0xfff))
        }
        #expect(taken.count == held && taken == taken.sorted(by: >))
    }

    @Test func p05AUserMapMovesTheNextDoorbell() throws {
        var pages = try cookie(aperture)
        let mask = IOVA(rawValue: 0xffff_ffff)
        #expect(pages.candidate(mask: mask) == IOVA(rawValue: 0xffff_f000))
        let top = try Sample.range(0xffff_f000, 0xffff_ffff)
        #expect(pages.mapMixed(top) == .none)
        #expect(pages.candidate(mask: mask) == IOVA(rawValue: 0xffff_e000))
        pages.unmapMixed(top)
        #expect(pages.candidate(mask: mask) == IOVA(rawValue: 0xffff_f000))
    }

    @Test func p05AdjacentMapsStayApart() throws {
        var pages = try cookie(aperture)
        let low = try Sample.range(0x1000_0000, 0x1000_0fff)
        let high = try Sample.range(0x1000_1000, 0x1000_1fff)
        #expect(pages.mapMixed(low) == .none && pages.mapMixed(high) == .none)
        pages.unmapMixed(low)
        let nodes = pages.allocator.nodes.filter { $0.first.rawValue < 0xf_ffff_ffff >> 12 }
        #expect(nodes.map(\.first.rawValue) == [0x10001])
    }

    @Test func p06TheSMMUMakesMixedDomainsFromThenOn() {
        #expect(!SeriesPoint.afterPatch(5).smmuAllocates.contains(.mixed))
        #expect(SeriesPoint.afterPatch(6).smmuAllocates == [.unmanaged, .dma, .mixed])
    }

    @Test func p07TheTypeIsMixedWhereMSIsAreTranslated() throws {
        #expect(SeriesPoint.complete.allocatedType == .mixed)
        #expect(SeriesPoint.afterPatch(10).allocatedType == .unmanaged)
        #expect(try without(.allocationChoosesMixed).allocatedType == .unmanaged)
    }

    @Test func p09OnlyMixedDomainsReserve() throws {
        #expect(SeriesPoint.complete.reservesUserMaps(in: .mixed))
        #expect(!SeriesPoint.complete.reservesUserMaps(in: .unmanaged))
        #expect(try !without(.typeOneReserves).reservesUserMaps(in: .mixed))
    }

    @Test func p10TheClaimOfRemappingGoes() {
        #expect(SeriesPoint.afterPatch(9).isCapable(.interruptRemapping))
        #expect(!SeriesPoint.afterPatch(10).isCapable(.interruptRemapping))
    }

    @Test func aPointThatUsesWhatIsNotThereDoesNotBuild() throws {
        #expect(
            throws: ModelError.doesNotBuild(.smmuTranslatesMSI, without: .translateMSICapability)
        ) { try SeriesPoint(applied: [.smmuTranslatesMSI]) }
        for count in 0...11 {
            let point = SeriesPoint.afterPatch(count)
            #expect(try SeriesPoint(applied: point.applied) == point)
        }
        #expect(SeriesPoint.afterPatch(0).description == "none of 11 patches")
        #expect(SeriesPoint.afterPatch(7).description == "patches 1 to 7 of 11")
    }
}
