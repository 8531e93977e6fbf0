// SPDX-License-Identifier: GPL-3.0-or-later

import Passthrough
import Testing
import Vocabulary

@Suite struct DeviceBinderTests {
    let nvme = "0000:00:05.0"
    let board = PretendBoard()

    private func binder(protecting purposes: [PCIAddress: String] = [:]) -> DeviceBinder {
        DeviceBinder(files: board, lifelines: BoardLifelines(purposes: purposes))
    }

    private func address(_ text: String) throws -> PCIAddress { try #require(PCIAddress(text)) }

    @Test func `a taken device goes back to the driver that had it`() async throws {
        await board.addFunction(nvme, driver: "nvme", group: 3)
        let taken = try await binder().take(try address(nvme))
        #expect(taken.group == 3)
        #expect(await board.driver(of: nvme) == "vfio-pci")
        let returned = try await binder().giveBackAll()
        #expect(returned.map(\.driver) == ["nvme"])
        #expect(await board.driver(of: nvme) == "nvme")
        #expect(await board.override(of: nvme) == "(null)\n")
        #expect(await board.notes().isEmpty)
    }

    @Test func `a device that nobody had is left without a driver`() async throws {
        await board.addFunction("0000:00:02.0", driver: nil, group: 1)
        _ = try await binder().take(try address("0000:00:02.0"))
        _ = try await binder().giveBackAll()
        #expect(await board.driver(of: "0000:00:02.0") == nil)
    }

    @Test(arguments: [
        "/sys/bus/pci/devices/0000:00:05.0/driver_override",
        "/sys/bus/pci/devices/0000:00:05.0/driver/unbind",
        "/sys/bus/pci/drivers_probe",
    ])
    func `a controller that dies while taking is repaired by the next run`(
        place: String
    ) async throws {
        await board.addFunction(nvme, driver: "nvme", group: 3)
        await board.die(onWritingTo: place)
        await #expect(throws: (any Error).self) { try await binder().take(try address(nvme)) }
        #expect(await board.notes() == ["/run/doorbell/taken/0000:00:05.0"])
        await board.comeBack()
        _ = try await binder().giveBackAll()
        #expect(await board.driver(of: nvme) == "nvme")
        #expect(await board.notes().isEmpty)
    }

    @Test func `the whole group is taken but its bridge`() async throws {
        await board.addFunction("0000:02:00.0", driver: "e1000e", group: 7)
        await board.addFunction("0000:02:00.1", driver: "e1000e", group: 7)
        await board.addFunction("0000:00:04.0", driver: "pcieport", group: 7, classCode: "0x060400")
        _ = try await binder().take(try address("0000:02:00.0"))
        #expect(await board.driver(of: "0000:02:00.1") == "vfio-pci")
        #expect(await board.driver(of: "0000:00:04.0") == "pcieport")
    }

    @Test func `the card of the SSH connection is refused by name and nothing is touched`()
        async throws
    {
        await board.addFunction("0000:00:01.0", driver: "virtio-pci", group: 0)
        let network = try address("0000:00:01.0")
        let error = await #expect(throws: PassthroughError.self) {
            try await binder(protecting: [network: "the SSH connection (eth0)"]).take(network)
        }
        #expect(error?.kind == .suite)
        #expect(error?.description.contains("0000:00:01.0") == true)
        #expect(error?.description.contains("the SSH connection (eth0)") == true)
        #expect(await board.writes.isEmpty)
    }

    @Test func `a device that shares its group with a lifeline is refused`() async throws {
        await board.addFunction("0000:02:00.0", driver: nil, group: 7)
        await board.addFunction("0000:02:00.1", driver: "e1000e", group: 7)
        let other = try address("0000:02:00.1")
        let error = await #expect(throws: PassthroughError.self) {
            try await binder(protecting: [other: "the root"]).take(try address("0000:02:00.0"))
        }
        #expect(
            error
                == .sharesGroup(try address("0000:02:00.0"), with: other, carries: "the root"))
        #expect(await board.driver(of: "0000:02:00.1") == "e1000e")
    }

    @Test func `a device that is not there is the suite's fault`() async throws {
        await #expect(throws: PassthroughError.noSuchDevice(try address(nvme))) {
            try await binder().take(try address(nvme))
        }
    }

    @Test(arguments: ["", "driver=nvme", "driver=nvme\noverride=", "override=\ndriver=x\n", "\n\n"])
    func `a note cut short is no note`(text: String) throws {
        #expect(DriverNote(address: try address(nvme), text: text) == nil)
    }

    @Test func `a note reads back as it was written`() throws {
        let note = DriverNote(address: try address(nvme), driver: "nvme", override: "x")
        #expect(DriverNote(address: try address(nvme), text: note.text) == note)
    }
}
