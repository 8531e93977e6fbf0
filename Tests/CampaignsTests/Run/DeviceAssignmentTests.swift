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
