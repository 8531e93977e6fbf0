// SPDX-License-Identifier: GPL-3.0-or-later

import Testing
import Vocabulary

@Suite struct PCIAddressTests {
    @Test(arguments: [
        ("0000:01:00.0", "0000:01:00.0"), ("01:00.0", "0000:01:00.0"),
        ("10000:ff:1f.7", "10000:ff:1f.7"), ("FFFF:AB:0c.3", "ffff:ab:0c.3"),
    ])
    func `what sysfs and lspci write is read, and written as sysfs does`(
        text: String, written: String
    ) throws {
        #expect(try #require(PCIAddress(text)).description == written)
    }

    @Test(arguments: [
        "", ":", ".", "1:2.3", "0000:01:00", "0000:01:20.0", "0000:01:00.8", "0000:1:00.0",
        "0000:01:00.0.0", "0000:01:00.0 ", "+000:01:00.0", "0000:-1:00.0", "000:01:00.0",
        "123456789:01:00.0", "0000:01:00.x", "a:0000:01:00.0",
    ])
    func `anything else is no address`(text: String) {
        #expect(PCIAddress(text) == nil)
    }

    @Test func `functions out of range are none`() {
        #expect(PCIAddress(bus: 0, device: 32, function: 0) == nil)
        #expect(PCIAddress(bus: 0, device: 0, function: 8) == nil)
    }

    @Test func `the requester ID is bus, device and function side by side`() throws {
        #expect(try #require(PCIAddress("01:02.3")).requesterID == 0x0113)
    }

    @Test func `addresses are in bus order, whatever their letters`() throws {
        let texts = ["0000:00:1f.0", "0000:0a:00.0", "0000:02:00.1", "0001:00:00.0"]
        let sorted = try texts.map { try #require(PCIAddress($0)) }.sorted().map(\.description)
        #expect(sorted == ["0000:00:1f.0", "0000:02:00.1", "0000:0a:00.0", "0001:00:00.0"])
    }
}
