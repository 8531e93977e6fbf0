// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import PCIInventory
import Testing
import Vocabulary

/// The inventory is a virtual board's own `lspci -xxxx`.
@Suite("A device is found for each that a case asks for")
struct DeviceAssignmentTests {
    private func inventory() throws -> [PCIDevice] {
        let dump = repository.appending(path: "Tests/PCIInventoryTests/Fixtures/virt-its.dump")
        return try PCISnapshot.capture(from: .dump(dump))
    }

    private func demands(
        _ kinds: [String: DeviceRequirement.Kind]
    ) throws -> [DeviceName: DeviceRequirement] {
        var demands: [DeviceName: DeviceRequirement] = [:]
        for (name, kind) in kinds {
            demands[try #require(DeviceName(name))] = DeviceRequirement(kind: kind)
        }
        return demands
    }

    private func assign(
        _ kinds: [String: DeviceRequirement.Kind], sparing: Set<PCIAddress> = []
    ) throws -> [String: String] {
        let chosen = try DeviceAssignment.assign(
            demands(kinds), from: inventory().reversed(), sparing: sparing)
        return Dictionary(uniqueKeysWithValues: chosen.map { ($0.key.text, "\($0.value)") })
    }

    @Test("In bus order, and none is used twice")
    func inOrder() throws {
        #expect(
            try assign(["a": .edu, "b": .edu, "n": .nvme, "e": .e1000e]) == [
                "a": "0000:00:02.0", "b": "0000:00:03.0", "n": "0000:00:05.0",
                "e": "0000:01:00.0",
            ])
    }

    @Test("One more than there are is the suite's fault, told with how many there are")
    func tooMany() throws {
        let error = #expect(throws: UnmetDemand.self) {
            try assign(["a": .nvme, "b": .nvme, "c": .nvme])
        }
        #expect(error?.kind == .suite)
        #expect(error?.device.text == "c")
        #expect(error?.description.contains("all 2 of kind nvme are in use or protected") == true)
    }

    @Test("What the board itself hangs on is never given")
    func lifeline() throws {
        let card = try #require(PCIAddress("0000:01:00.0"))
        let error = #expect(throws: UnmetDemand.self) {
            try assign(["n": .e1000e], sparing: [card])
        }
        #expect(error?.description.contains("all 1 of kind e1000e are in use or protected") == true)
        let first = try #require(PCIAddress("0000:00:02.0"))
        #expect(try assign(["a": .edu], sparing: [first]) == ["a": "0000:00:03.0"])
    }

    /// A slot with a disk and an edu, another edu, and a disk with a virtual function.
    private static let described: [DescribedDevice] = {
        let places = ["00:02.0", "00:05.0", "00:07.0", "00:07.1", "00:08.0", "00:08.1"]
        let kinds: [DeviceRequirement.Kind] = [.edu, .nvme, .nvme, .edu, .nvme, .nvme]
        let all = places.compactMap { PCIAddress($0) }
        return zip(all, kinds).map { address, kind in
            DescribedDevice(
                kind: kind, address: address, isVirtualFunction: address == all[5],
                group: address.device == 7 ? [all[2], all[3]] : [])
        }
    }()

    private func assign(
        described demands: [String: DeviceRequirement]
    ) throws -> [String: String] {
        var named: [DeviceName: DeviceRequirement] = [:]
        for (name, demand) in demands { named[try #require(DeviceName(name))] = demand }
        let chosen = try DeviceAssignment.assign(named, among: Self.described)
        return Dictionary(uniqueKeysWithValues: chosen.map { ($0.key.text, "\($0.value)") })
    }

    @Test("Two that must share a group are chosen together, whichever comes first")
    func groups() throws {
        var edu = DeviceRequirement(kind: .edu)
        edu.groupMate = DeviceName("d")
        let nvme = DeviceRequirement(kind: .nvme)
        #expect(
            try assign(described: ["a": edu, "d": nvme]) == [
                "a": "0000:00:07.1", "d": "0000:00:07.0",
            ])
        var other = DeviceRequirement(kind: .nvme)
        other.groupMate = DeviceName("a")
        #expect(
            try assign(described: ["a": DeviceRequirement(kind: .edu), "b": nvme, "e": other]) == [
                "a": "0000:00:07.1", "b": "0000:00:05.0", "e": "0000:00:07.0",
            ])
    }

    @Test("A virtual function serves only where one is asked for")
    func virtualFunctions() throws {
        var virtual = DeviceRequirement(kind: .nvme)
        virtual.isVirtualFunction = true
        #expect(try assign(described: ["v": virtual]) == ["v": "0000:00:08.1"])
        let error = #expect(throws: UnmetDemand.self) {
            try assign(described: ["v": virtual, "w": virtual])
        }
        #expect(error?.device.text == "w")
        #expect(error?.description.contains("all 1 of kind virtual function of nvme") == true)
    }

    @Test("A board without such a device says so")
    func none() throws {
        let error = #expect(throws: UnmetDemand.self) {
            try DeviceAssignment.assign(demands(["n": .nvme]), from: [], sparing: [])
        }
        #expect(
            error?.description.hasPrefix(
                "the case could not have its device 'n': the board has no nvme") == true)
    }
}
