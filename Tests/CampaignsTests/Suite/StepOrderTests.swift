// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Testing

@Suite("Steps that make no sense where they stand")
struct StepOrderTests {
    private static let attached = ["open: c", "attach: {device: a, to: c}"]
    private static let armed = attached + ["arm: {device: a, kind: msi, vectors: 2}"]

    @Test(
        "The step is named with its place and with what to do",
        arguments: [
            (
                ["attach: {device: a, to: c}"],
                "8:17: error: container 'c' is not open here; write '- open: c' before"
            ),
            (
                ["open: c1", "map: {in: c2, at: 0x0, size: 1page}"],
                "9:14: error: container 'c2' is not open here; did you mean 'c1'?"
            ),
            (["open: c", "open: c"], "9:15: error: container 'c' is open already"),
            (["close: c"], "8:16: error: container 'c' is not open here"),
            (
                ["open: c", "arm: {device: a, kind: msi}"],
                "9:14: error: device 'a' is not attached"
            ),
            (["open: c", "reset: a"], "9:16: error: device 'a' is not attached here"),
            (["open: c", "detach: a"], "9:17: error: device 'a' is not attached here"),
            (attached + ["attach: {device: a, to: c}"], "10:17: error: device 'a' is attached to"),
            (["plug: a"], "8:15: error: device 'a' is not unplugged here; unplug it first"),
            (["unplug: a", "unplug: a"], "9:17: error: device 'a' is unplugged already"),
            (["unplug: a", "give-back: a"], "9:20: error: device 'a' is unplugged here"),
            (
                ["open: c", "unplug: a", "attach: {device: a, to: c}"],
                "10:17: error: device 'a' is unplugged here; plug it first"
            ),
            (
                attached + ["unplug: a", "plug: a"],
                "11:15: error: device 'a' goes when it is let go"
            ),
            (attached + ["disarm: a"], "10:17: error: device 'a' is not armed here"),
            (attached + ["ring: {device: a}"], "10:15: error: device 'a' is not armed here"),
            (armed + ["arm: {device: a, kind: msi}"], "11:14: error: device 'a' is armed already"),
            (
                armed + ["ring: {device: a, vector: 2}"],
                "11:15: error: device 'a' has 2 armed, so its last is vector 1"
            ),
            (
                armed + ["close: c", "open: c", "ring: {device: a}"],
                "13:15: error: device 'a' is not attached here"
            ),
            (
                armed + ["detach: a", "attach: {device: a, to: c}", "disarm: a"],
                "13:17: error: device 'a' is not armed here"
            ),
            (
                attached + ["ring: {device: b}"],
                "10:24: error: the case has no device 'b'; did you mean 'a'?"
            ),
            (
                [
                    "open: c", "attach: {device: n, to: c}", "arm: {device: n, kind: msix}",
                    "map: {in: c, at: 0x0, size: 64KiB}", "ring: {device: n}",
                ],
                "12:15: error: the queues of 'n' need memory: map 64KiB or more in its container"
            ),
            (
                [
                    "open: c", "attach: {device: n, to: c}", "map: {in: c, at: 0x0, size: 60KiB}",
                    "arm: {device: n, kind: msix}", "ring: {device: n}",
                ],
                "12:15: error: the queues of 'n' need memory"
            ),
            (
                [
                    "open: c", "attach: {device: n, to: c}", "map: {in: c, at: 0x0, size: 64KiB}",
                    "unmap: {in: c, at: 0x0, size: 64KiB}", "arm: {device: n, kind: msix}",
                    "ring: {device: n}",
                ],
                "13:15: error: the queues of 'n' need memory"
            ),
            (
                [
                    "open: c", "attach: {device: x, to: c}", "arm: {device: x, kind: msix}",
                    "ring: {device: x}",
                ],
                "11:15: error: the harness does not know how to make 'x' (8086:1533) raise"
            ),
            (
                armed
                    + ["disturb: a", "arm: {device: a, kind: msi}", "arm: {device: a, kind: msi}"],
                "13:14: error: device 'a' is armed already"
            ),
        ])
    func refused(_ steps: [String], _ sentence: String) {
        let found = complaints(inSuite: suite(steps: steps))
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.hasPrefix("x.yaml:\(sentence)") == true, "\(found)")
    }

    @Test("A step that the kernel may refuse is allowed")
    func kernelDecides() {
        let steps = [
            "open: c", "map: {in: c, at: 0x0, size: 1page}", "attach: {device: a, to: c}",
            "map: {in: c, at: 0x0, size: 1B}", "unmap: {in: c, at: 0x5, size: 1page}",
        ]
        #expect(complaints(inSuite: suite(steps: steps)).isEmpty)
    }

    @Test("A disk whose queues have memory can be rung, and what was disturbed is armed again")
    func devicesThatNeedMore() {
        let steps = [
            "open: c", "attach: {device: n, to: c}", "map: {in: c, at: 0x0, size: 64KiB}",
            "arm: {device: n, kind: msix, vectors: 2}", "ring: {device: n, vector: 1}",
            "disturb: n", "arm: {device: n, kind: msix, vectors: 2}", "ring: {device: n}",
        ]
        #expect(complaints(inSuite: suite(steps: steps)).isEmpty)
    }
}
