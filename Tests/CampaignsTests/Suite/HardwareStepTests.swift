// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Testing
import Vocabulary

@Suite("Steps that only the model and simulated boards know are read")
struct HardwareStepTests {
    /// Before each step: two devices, armed in two containers; the step stands on line 14.
    private static let armed = [
        "open: c", "open: d", "attach: {device: a, to: c}", "attach: {device: b, to: d}",
        "arm: {device: a, kind: msi, vectors: 2}", "arm: {device: b, kind: msi}",
    ]
    private static let devices = "{a: edu, b: edu, h: nvme}"

    @Test(
        "Each arrives as it was written",
        arguments: [
            ("open-beside: {container: e, beside: c}", "open e beside c"),
            (
                "window: {in: c, at: 0x10000000, size: 16pages}",
                "window of 16pages at 0x10000000 in c"
            ),
            ("move: {device: b, to: c}", "move b to c"),
            ("loopback: {device: a, vector: 1, count: 7}", "loop back a vector 1 × 7 (synthetic)"),
            ("loopback: {device: a}", "loop back a vector 0 × 1 (synthetic)"),
            ("mask: {device: a, vector: 1}", "mask a vector 1"),
            ("unmask: {device: a}", "unmask a vector 0"),
            ("steer: {device: a, vector: 1, processor: 3}", "steer a vector 1 to CPU 3"),
            ("bus-master: {device: a, enabled: false}", "bus master of a: off"),
            ("read: {device: a, at: doorbell}", "let a read its doorbell's IOVA"),
            (
                "read: {device: a, at: 0x40000000 + 1page}", "let a read 0x40000000 + 1page"
            ),
            (
                "write: {device: a, at: physical-doorbell, value: 81}",
                "let a write 0x51 to its doorbell's physical address"
            ),
            (
                "write: {device: a, at: doorbell, message: {device: b, vector: 0}}",
                "let a write the message of b vector 0 to its doorbell's IOVA"
            ),
            ("disturb: a", "disturb a"), ("kill: d", "kill the holder of d"),
            ("give-back: h", "give back h"),
        ])
    func read(_ step: String, _ description: String) throws {
        let text = suite(steps: Self.armed + [step], devices: Self.devices)
        let steps = try Suite(SourceText(file: "x.yaml", text: text)).cases[0].steps
        #expect(steps.last?.description == description)
    }

    @Test(
        "What is wrong in one is named with its place",
        arguments: [
            ("open-beside: {container: e}", "14:22: error: the key 'beside' is missing"),
            (
                "open-beside: {container: c, beside: d}",
                "14:22: error: container 'c' is open already; close it first or name another"
            ),
            (
                "open-beside: {container: e, beside: f}",
                "14:22: error: container 'f' is not open here; did you mean 'c'?"
            ),
            (
                "window: {in: c, at: 0x10000000, size: 4096}",
                "14:47: error: the unit is missing: write 4096B, 4KiB or 1page instead of 4096"
            ),
            ("move: {device: b}", "14:15: error: the key 'to' is missing"),
            (
                "move: {device: h, to: c}",
                "14:15: error: device 'h' is not attached here; attach it to a container first"
            ),
            (
                "loopback: {device: a, count: 0}",
                "14:38: error: 0 is out of bounds; write a number from 1 to 1000000"
            ),
            (
                "mask: {device: a, vector: 2}",
                "14:15: error: device 'a' has 2 armed, so its last is vector 1"
            ),
            (
                "unmask: {device: x}",
                "14:26: error: the case has no device 'x'; did you mean 'a'?"
            ),
            ("steer: {device: a, vector: 0}", "14:16: error: the key 'processor' is missing"),
            (
                "bus-master: {device: a, enabled: on}",
                "14:42: error: write true or false, not 'on'"
            ),
            (
                "read: {device: a, at: doorbell, value: 1}",
                "14:15: error: a read carries nothing; remove 'value' or 'message'"
            ),
            (
                "write: {device: a, at: doorbell}",
                "14:16: error: a write carries four bytes; give 'value' or 'message'"
            ),
            (
                "write: {device: a, at: doorbel, value: 1}",
                "14:32: error: 'doorbel' is no IOVA; write 0x and at most 16 hexadecimal digits, "
                    + "and pages behind it if need be: 0x08000000 - 1page"
            ),
            (
                "write: {device: a, at: doorbell, value: 4294967296}",
                "14:49: error: 4294967296 is out of bounds; write a number from 0 to 4294967295"
            ),
            (
                "write: {device: a, at: doorbell, message: {device: b, vector: 1}}",
                "14:16: error: device 'b' has 1 armed, so its last is vector 0"
            ),
            (
                "disturb: h",
                "14:18: error: device 'h' is not attached here; attach it to a container first"
            ),
            ("kill: e", "14:15: error: container 'e' is not open here; did you mean 'c'?"),
            (
                "give-back: a",
                "14:20: error: device 'a' is attached; detach it before its host driver gets it"
            ),
        ])
    func wrong(_ step: String, _ complaint: String) {
        let text = suite(steps: Self.armed + [step], devices: Self.devices)
        #expect(complaints(inSuite: text) == ["x.yaml:\(complaint)"])
    }

    @Test("A device that was moved stays when the space that it left is closed")
    func moved() {
        let steps = Self.armed + ["move: {device: b, to: c}", "close: d", "disarm: b"]
        #expect(complaints(inSuite: suite(steps: steps, devices: Self.devices)) == [])
        let without = Self.armed + ["close: d", "disarm: b"]
        #expect(
            complaints(inSuite: suite(steps: without, devices: Self.devices)) == [
                "x.yaml:15:17: error: device 'b' is not attached here; "
                    + "attach it to a container first"
            ])
    }
}
