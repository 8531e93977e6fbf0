// SPDX-License-Identifier: GPL-3.0-or-later

import PCIInventory
import Testing
import Vocabulary

/// Each decoder on bytes that are annotated by hand from the specification.
struct CapabilityTests {
    @Test func a64BitMaskableMSITellsAddressDataAndMask() throws {
        var builder = SpaceBuilder(size: 256)
        builder.put(0x40, [0x05, 0x00])  // MSI, last
        builder.put(0x42, [0xa7, 0x01])  // enabled, 8 capable, 4 enabled, 64-bit, maskable
        builder.put(0x44, [0x40, 0x00, 0x00, 0x08])  // address, low
        builder.put(0x48, [0x01, 0x00, 0x00, 0x00])  // address, high
        builder.put(0x4c, [0x54, 0x00])  // data
        builder.put(0x50, [0x0f, 0x00, 0x00, 0x00])  // mask
        builder.put(0x54, [0x02, 0x00, 0x00, 0x80])  // pending

        let msi = try #require(builder.space.capabilityList.msi)
        #expect(msi.isEnabled && msi.is64Bit && msi.isMaskable)
        #expect(msi.vectorsCapable == 8)
        #expect(msi.vectorsEnabled == 4)
        #expect(msi.message.address == MessageAddress(rawValue: 0x1_0800_0040))
        #expect(msi.message.data == 0x54)
        #expect(msi.mask == 0xf)
        #expect(msi.pending == 0x8000_0002)
    }

    @Test func a32BitMSIHasItsDataEarlierAndNoMask() throws {
        var builder = SpaceBuilder(size: 256)
        builder.put(0x40, [0x05, 0x00, 0x00, 0x00])  // MSI, last, one vector, off
        builder.put(0x44, [0x40, 0x00, 0x02, 0x08])  // address
        builder.put(0x48, [0x55, 0x00])  // data

        let msi = try #require(builder.space.capabilityList.msi)
        #expect(!msi.isEnabled && !msi.is64Bit && !msi.isMaskable)
        #expect(msi.vectorsCapable == 1)
        #expect(msi.message.address == MessageAddress(rawValue: 0x0802_0040))
        #expect(msi.message.data == 0x55)
        #expect(msi.mask == nil)
    }

    @Test func a32BitMaskableMSIHasItsMaskAfterTheData() throws {
        var builder = SpaceBuilder(size: 256)
        builder.put(0x40, [0x05, 0x00, 0x00, 0x01])  // MSI, last, maskable
        builder.put(0x4c, [0x01, 0x00, 0x00, 0x00])  // mask
        builder.put(0x50, [0x02, 0x00, 0x00, 0x00])  // pending

        let msi = try #require(builder.space.capabilityList.msi)
        #expect(msi.mask == 1)
        #expect(msi.pending == 2)
    }

    @Test func msixTellsWhereItsTableAndPendingBitsStand() throws {
        var builder = SpaceBuilder(size: 256)
        builder.put(0x40, [0x11, 0x00])  // MSI-X, last
        builder.put(0x42, [0x04, 0xc0])  // table size 5, function masked, enabled
        builder.put(0x44, [0x03, 0x80, 0x00, 0x00])  // table: BAR 3, offset 0x8000
        builder.put(0x48, [0x04, 0x80, 0x04, 0x00])  // PBA: BAR 4, offset 0x48000

        let msix = try #require(builder.space.capabilityList.msix)
        #expect(msix.isEnabled && msix.isMasked)
        #expect(msix.tableSize == 5)
        #expect(msix.table.bar == 3 && msix.table.offset == 0x8000)
        #expect(msix.pendingBits.bar == 4 && msix.pendingBits.offset == 0x48000)
    }

    @Test func aRootPortTellsItsSlotAndLink() throws {
        var builder = SpaceBuilder(size: 256)
        builder.put(0x40, [0x10, 0x00])  // PCI Express, last
        builder.put(0x42, [0x42, 0x03])  // version 2, root port, slot, message 1
        builder.put(0x44, [0x00, 0x00, 0x00, 0x10])  // device: function level reset
        builder.put(0x4c, [0x04, 0x01, 0x00, 0x00])  // link can 16 GT/s, x16
        builder.put(0x52, [0x13, 0x00])  // link is 8 GT/s, x1

        let express = try #require(builder.space.capabilityList.express)
        #expect(express.version == 2)
        #expect(express.portType == .rootPort)
        #expect(express.hasSlot && express.hasFunctionLevelReset)
        #expect(express.interruptMessage == 1)
        #expect(express.link?.maximumSpeed == 4)
        #expect(express.link?.maximumWidth == 16)
        #expect(express.link?.speed == 3)
        #expect(express.link?.width == 1)
    }

    @Test func anIntegratedEndpointHasNoLink() throws {
        var builder = SpaceBuilder(size: 256)
        builder.putExpress(at: 0x40)
        let express = try #require(builder.space.capabilityList.express)
        #expect(express.portType == .integratedEndpoint)
        #expect(express.link == nil)
    }

    @Test func enhancedAllocationListsFixedRegions() throws {
        var builder = SpaceBuilder(size: 256)
        builder.put(0x40, [0x14, 0x00, 0x02, 0x00])  // EA, last, two entries
        builder.put(0x44, [0x04, 0x00, 0xff, 0x80])  // 4 more words, BAR 0, enabled
        builder.put(0x48, [0x02, 0x00, 0x00, 0x00])  // base, 64-bit
        builder.put(0x4c, [0xfe, 0xff, 0x1f, 0x00])  // largest offset 0x1fffff, 64-bit
        builder.put(0x50, [0x42, 0x84, 0x00, 0x00])  // base, high
        builder.put(0x54, [0x00, 0x00, 0x00, 0x00])  // largest offset, high
        builder.put(0x58, [0x42, 0x00, 0xff, 0x00])  // 2 more words, BAR 4, off
        builder.put(0x5c, [0x00, 0x00, 0x00, 0x30])  // base, 32-bit
        builder.put(0x60, [0xfc, 0x0f, 0x00, 0x00])  // largest offset 0xfff

        let content = try #require(builder.space.capabilityList.first(.enhancedAllocation)?.content)
        guard case .enhancedAllocation(let allocation) = content else {
            Issue.record("not decoded")
            return
        }
        #expect(allocation.entries.map(\.equivalentBAR) == [0, 4])
        #expect(allocation.entries.map(\.isEnabled) == [true, false])
        #expect(
            allocation.entries.map(\.base.rawValue) == [0x8442_0000_0000, 0x3000_0000])
        #expect(allocation.entries.map(\.size) == [.mebibytes(2), .kibibytes(4)])
        #expect(allocation.secondaryBus == nil)
    }

    @Test func singleRootIOVTellsItsVirtualFunctions() throws {
        var builder = SpaceBuilder()
        builder.putExpress(at: 0x40)
        builder.put(0x100, [0x10, 0x00, 0x01, 0x00])  // SR-IOV version 1, last
        builder.put(0x108, [0x09, 0x00])  // enabled, memory enabled
        builder.put(0x10c, [0x08, 0x00, 0x08, 0x00])  // initial 8, total 8
        builder.put(0x110, [0x02, 0x00, 0x03])  // 2 exist, link 3
        builder.put(0x114, [0x80, 0x00, 0x02, 0x00])  // offset 128, stride 2
        builder.put(0x11a, [0xca, 0x10])  // VF device 10ca
        builder.put(0x11c, [0x53, 0x05, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00])  // page sizes
        builder.put(0x124, [0x0c, 0x00, 0x00, 0x10])  // VF BAR 0

        guard
            case .singleRootIOV(let iov)? = builder.space.capabilityList
                .first(.singleRootIOV)?.content
        else {
            Issue.record("not decoded")
            return
        }
        #expect(iov.isEnabled && iov.hasMemoryEnabled)
        #expect(iov.initialFunctions == 8 && iov.totalFunctions == 8 && iov.functions == 2)
        #expect(iov.dependencyLink == 3)
        #expect(iov.firstOffset == 128 && iov.stride == 2)
        #expect(iov.deviceID == PCIID(rawValue: 0x10ca))
        #expect(iov.supportedPageSizes == 0x553 && iov.systemPageSize == 1)
        #expect(iov.baseAddressRegisters == [0x1000_000c, 0, 0, 0, 0, 0])
    }

    @Test func accessControlTellsWhetherFunctionsAreIsolated() throws {
        var builder = SpaceBuilder()
        builder.putExpress(at: 0x40)
        builder.put(0x100, [0x0d, 0x00, 0x01, 0x00])  // ACS version 1, last
        builder.put(0x104, [0x5f, 0x00])  // capable: all but egress control
        builder.put(0x106, [0x1d, 0x00])  // enabled: SV, RR, CR, UF

        guard
            case .accessControl(let control)? = builder.space.capabilityList
                .first(.accessControl)?.content
        else {
            Issue.record("not decoded")
            return
        }
        #expect(!control.capable.contains(.egressControl))
        #expect(control.capable.contains([.translationBlocking, .directTranslated]))
        #expect(control.enabled == .isolation)
    }

    @Test func vendorStructuresAreKeptAsBytes() throws {
        var builder = SpaceBuilder()
        builder.put(0x40, [0x09, 0x60, 0x06, 0xaa, 0xbb, 0xcc, 0xdd])  // vendor specific, 6 bytes
        builder.putExpress(at: 0x60)
        builder.put(0x100, [0x0b, 0x00, 0x01, 0x20])  // VSEC, next at 0x200
        builder.put(0x104, [0x34, 0x12, 0xc0, 0x00])  // id 1234, 12 bytes
        builder.put(0x108, [0x01, 0x02, 0x03, 0x04])
        builder.put(0x200, [0x23, 0x00, 0x01, 0x00])  // DVSEC, last
        builder.put(0x204, [0x86, 0x80, 0xa0, 0x00])  // vendor 8086, 10 bytes
        builder.put(0x208, [0x08, 0x00])  // id 8

        let found = builder.space.capabilityList.capabilities.compactMap { capability in
            if case .vendorSpecific(let found) = capability.content { found } else { nil }
        }
        #expect(found.map(\.bytes.count) == [6, 12, 10])
        #expect(found[0].bytes == [0x09, 0x60, 0x06, 0xaa, 0xbb, 0xcc])
        #expect(found.map(\.id) == [nil, PCIID(rawValue: 0x1234), PCIID(rawValue: 8)])
        #expect(found.map(\.vendor) == [nil, nil, PCIID(rawValue: 0x8086)])
    }

    @Test func otherCapabilitiesAreListedByIdAndName() throws {
        var builder = SpaceBuilder()
        builder.put(0x40, [0x01, 0x50])  // power management
        builder.put(0x50, [0x7e, 0x60])  // assigned to nobody
        builder.putExpress(at: 0x60)
        builder.put(0x100, [0x01, 0x00, 0x02, 0x00])  // AER version 2
        let list = builder.space.capabilityList
        #expect(list.notes.isEmpty)
        #expect(
            list.capabilities.map(\.id.name) == [
                "Power Management", nil, "PCI Express", "Advanced Error Reporting",
            ])
        #expect(list.capabilities.map(\.offset) == [0x40, 0x50, 0x60, 0x100])
        #expect(list.capabilities.map(\.version) == [nil, nil, nil, 2])
    }
}
