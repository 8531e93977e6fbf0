// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing
import Vocabulary

/// Windows of the hardware, regions of firmware, and host drivers.
@Suite struct HardwareWindowTests {
    private func board() throws -> BoardFacts {
        var board = try Sample.board()
        board.host.hardwareWindows = [try Sample.range(0xfee0_0000, 0xfeef_ffff)]
        board.host.addsSoftwareWindow = false
        return board
    }

    @Test func messagesKeepThePhysicalAddressAndArrive() throws {
        let steps = try Sample.attached() + [Sample.arm("a"), Sample.ring("a")]
        let seen = try Sample.predict(steps, on: try board()).steps
        #expect(seen[2].messages.first?.address.exact?.rawValue == 0x0809_0040)
        #expect(seen[2].messages.first?.map == nil && seen[2].doorbellMaps.isEmpty)
        #expect(seen[3].arrivals == 10)
    }

    @Test func theWindowIsExcludedAndListed() throws {
        let steps = try Sample.attached() + [Sample.map(0xfee0_0000, 0x1000)]
        let expectation = try Sample.predict(steps, on: try board())
        #expect(expectation.generation == .hardwareWindow)
        #expect(
            expectation.steps[1].iovaRanges?.first?.last == IOVA(rawValue: 0xfedf_ffff))
        #expect(
            expectation.steps[2].outcome
                == .refused(calls: ["VFIO_IOMMU_MAP_DMA"], errno: .invalid))
        let lines = try #require(expectation.reservedRegions?.values.first)
        #expect(lines == ["0x00000000fee00000 0x00000000feefffff msi"])
    }

    /// As HiSilicon's: the SMMU's driver lists its software window too.
    @Test func iommufdRefusesBothWindowsLoudly() throws {
        var board = try board()
        board.host.addsSoftwareWindow = true
        #expect(try Sample.predict(try Sample.attached(), on: board).steps[1].outcome == .succeeds)
        board.host.interface = .iommufd
        let attach = try Sample.predict(try Sample.attached(), on: board).steps[1]
        #expect(
            attach.outcome
                == .refused(calls: ["VFIO_DEVICE_ATTACH_IOMMUFD_PT"], errno: .invalid))
        #expect(attach.log.contains(.warning))
    }

    @Test func firmwareRegionsCountUnlessTheyAreRelaxable() throws {
        var board = try Sample.board()
        let device = try Sample.pci("0000:00:02.0")
        board.host.directRegions[device] = [
            DirectRegion(range: try Sample.range(0x1000, 0x1fff), isRelaxable: false),
            DirectRegion(range: try Sample.range(0x4000, 0x4fff), isRelaxable: true),
        ]
        let expectation = try Sample.predict(
            try Sample.attached() + [Sample.map(0x1000, 0x1000), Sample.map(0x4000, 0x1000)],
            on: board)
        #expect(
            expectation.steps[2].outcome
                == .refused(calls: ["VFIO_IOMMU_MAP_DMA"], errno: .invalid))
        #expect(expectation.steps[3].outcome == .succeeds)
        #expect(
            expectation.reservedRegions?[device] == [
                "0x0000000000001000 0x0000000000001fff direct",
                "0x0000000000004000 0x0000000000004fff direct-relaxable",
                "0x0000000008000000 0x00000000080fffff msi",
            ])
    }

    @Test func hostDriversRingByTheirDefaultDomain() throws {
        var board = try Sample.board()
        board.host.interface = .hostDriver
        let steps: [Step] = [.giveBack(device: try Sample.device("a"))]
        let fresh = ModelParameters(hostDomainIsFresh: true)
        let translated = try Sample.predict(steps, on: board, parameters: fresh).steps[0]
        #expect(translated.messages.first?.address.exact?.rawValue == 0xffff_f040)
        // In one that holds more, it is one of the pages below.
        let used = try Sample.predict(steps, on: board).steps[0].messages.first?.address
        #expect(used?.exact == nil && used?.all.count == 256)
        board.host.defaultDomain = .identity
        let identity = try Sample.predict(steps, on: board).steps[0]
        #expect(identity.messages.first?.address.exact?.rawValue == 0x0809_0040)
    }
}
