// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Testing
import Vocabulary

@Suite("What a case asks of its devices")
struct DeviceReaderTests {
    private static let open = ["open: c"]

    @Test("A device is asked for by kind, by id or by class")
    func identities() throws {
        let devices =
            "{a: igb, b: {kind: edu, stimulus: factorial}, c: {id: \"8086:10D3\"}, d: {class: \"0108\"}}"
        let text = suite(steps: Self.open, devices: devices)
        let found = try Suite(SourceText(file: "x.yaml", text: text)).cases[0].devices
        func device(_ name: String) throws -> DeviceRequirement? {
            found[try #require(DeviceName(name))]
        }
        #expect(try device("a") == DeviceRequirement(kind: .igb))
        #expect(try device("b") == DeviceRequirement(kind: .edu, stimulus: .factorial))
        #expect(try device("c") == DeviceRequirement(identity: .id(vendor: 0x8086, device: 0x10d3)))
        #expect(try device("d") == DeviceRequirement(identity: .classCode(0x0108)))
        #expect(try device("c")?.description == "8086:10d3")
    }

    @Test("A device may be a virtual function, and in the group of another")
    func relations() throws {
        let devices =
            "{a: {kind: edu, group-of: d}, d: nvme, v: {kind: nvme, virtual-function: true}}"
        let text = suite(steps: Self.open, devices: devices)
        let found = try Suite(SourceText(file: "x.yaml", text: text)).cases[0].devices
        #expect(found[try #require(DeviceName("a"))]?.groupMate == DeviceName("d"))
        #expect(found[try #require(DeviceName("d"))]?.isVirtualFunction == nil)
        let virtual = found[try #require(DeviceName("v"))]
        #expect(virtual?.isVirtualFunction == true)
        #expect(virtual?.description == "virtual function of nvme")
    }

    @Test(
        "What is no device is named with its place",
        arguments: [
            ("{a: {id: \"8086\"}}", "'8086' is no PCI id"),
            ("{a: {id: \"8086:10d3:1\"}}", "is no PCI id"),
            ("{a: {id: \"+086:10d3\"}}", "is no PCI id"),
            ("{a: {class: \"01\"}}", "'01' is no PCI class"),
            ("{a: {kind: edu, id: \"8086:10d3\"}}", "by one of them only"),
            ("{a: {stimulus: factorial}}", "the key 'kind' is missing"),
            ("{a: {kind: nvme, stimulus: factorial}}", "only an edu computes factorials"),
            ("{a: {id: \"8086:10d3\", stimulus: factorial}}", "only devices of a known kind"),
            ("{a: other}", "other"),
            ("{a: {kind: edu, group-of: a}}", "is in its own group anyway"),
            ("{a: {kind: edu, group-of: d}, e: edu}", "the case has no device 'd'"),
            ("{a: {kind: nvme, virtual-function: maybe}}", "maybe"),
        ])
    func refused(_ devices: String, _ sentence: String) {
        let found = complaints(inSuite: suite(steps: Self.open, devices: devices))
        #expect(found.count == 1 && found.first?.contains(sentence) == true, "\(found)")
    }
}
