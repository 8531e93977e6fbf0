// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Testing
import Vocabulary

@Suite("Plans of traffic are read, and what is wrong in one is named with its place")
struct TrafficReaderTests {
    /// Before each plan: four devices, three of them armed in c; the plan stands on line 17.
    private static let armed = [
        "open: c", "open: e", "attach: {device: a, to: c}", "attach: {device: d, to: c}",
        "attach: {device: n, to: e}", "map: {in: c, at: 0x10000000, size: 64KiB}",
        "arm: {device: a, kind: msi}", "arm: {device: d, kind: msix, vectors: 3}",
        "arm: {device: n, kind: msix, vectors: 2}",
    ]
    private static let devices =
        "{a: edu, f: {kind: edu, stimulus: factorial}, d: nvme, n: e1000e, x: {id: \"8086:10d3\"}}"

    @Test(
        "Each arrives as it was written",
        arguments: [
            ("{count: 5}", "traffic × 5 of all that is armed"),
            (
                "{count: 5, streams: all, order: together}",
                "traffic × 5 of all that is armed, together"
            ),
            (
                "{count: 9, streams: [{device: a, vectors: all, rate: 500/s}, {device: d, vectors: [0, 2], burst: 8}]}",
                "traffic × 9 of a at 500/s, d 0 2 by 8"
            ),
            (
                "{count: 1, order: random, seed: 18446744073709551615}",
                "traffic × 1 of all that is armed, drawn by 18446744073709551615"
            ),
            (
                "{count: 100, meanwhile: [{steer: a, every: 10}, {mask: d, every: 7}, {reset: n, every: 50}]}",
                "traffic × 100 of all that is armed, meanwhile steer a every 10, mask d every 7, reset n every 50"
            ),
            (
                "{count: 9, meanwhile: [{storm: {in: c, at: 0x08000000 - 16pages, size: 1page}}]}",
                "traffic × 9 of all that is armed, meanwhile 1000 maps of 1page at 0x08000000 - 16pages in c"
            ),
            (
                "{count: 9, streams: [{device: a}], meanwhile: [{overflow: {device: a}}, {kill: c}]}",
                "traffic × 9 of a, meanwhile overflow the eventfd of a vector 0, kill the holder of c"
            ),
        ])
    func read(_ plan: String, _ description: String) throws {
        let text = suite(steps: Self.armed + ["traffic: " + plan], devices: Self.devices)
        let steps = try Suite(SourceText(file: "x.yaml", text: text)).cases[0].steps
        #expect(steps.last?.description == description)
    }

    @Test(
        "What is wrong in one is named with its place",
        arguments: [
            ("{streams: all}", "17:18: error: the key 'count' is missing"),
            ("{count: 0}", "17:26: error: 0 is out of bounds; write a number from 1 to 1000000"),
            (
                "{count: 1, streams: []}",
                "17:38: error: the plan has no streams; write at least one, or all"
            ),
            (
                "{count: 1, streams: [{device: a, rate: 0/s}]}",
                "17:57: error: the rate is out of bounds; write 1/s to 1000000/s, or leave 'rate' out for "
                    + "as fast as raises are answered"
            ),
            (
                "{count: 1, streams: [{device: a, rate: 500}]}",
                "17:57: error: '500' is no rate; write raises in a second: 500/s"
            ),
            (
                "{count: 1, streams: [{device: a, burst: 0}]}",
                "17:58: error: 0 is out of bounds; write a number from 1 to 60"
            ),
            (
                "{count: 1, streams: [{device: a, vectors: []}]}",
                "17:60: error: the stream has no vectors; write at least one, or all"
            ),
            (
                "{count: 1, streams: [{device: d, vectors: [0, 3]}]}",
                "17:18: error: device 'd' has 3 armed, so its last is vector 2"
            ),
            (
                "{count: 1, streams: [{device: d, vectors: [0]}, {device: d, vectors: [0]}]}",
                "17:18: error: vector 0 of 'd' rings in two streams; name it once"
            ),
            (
                "{count: 1, streams: [{device: n, burst: 2}]}",
                "17:18: error: 'n' (e1000e) throttles: it would hold the raises of a burst back, and then "
                    + "send some again; leave 'burst' out"
            ),
            (
                "{count: 1, streams: [{device: x}]}",
                "17:18: error: the harness does not know how to make 'x' (8086:10d3) raise a vector; loop "
                    + "it back instead, or ask for a device of a known kind"
            ),
            (
                "{count: 1, order: random}",
                "17:18: error: a random order needs a 'seed', so that it can be had again"
            ),
            (
                "{count: 1, seed: 7}",
                "17:35: error: the key 'seed' has no place here: only a random order is drawn by a seed"
            ),
            (
                "{count: 1, meanwhile: [{steer: a}]}",
                "17:41: error: the key 'every' is missing"
            ),
            (
                "{count: 1, meanwhile: [{steer: a, mask: d, every: 1}]}",
                "17:41: error: one thing is done here, one of steer, mask, rearm, reset, storm, overflow, kill"
            ),
            (
                "{count: 1, meanwhile: [{mask: a, every: 1}]}",
                "17:18: error: 'a' (edu) has MSI without mask bits; mask a device with MSI-X"
            ),
            (
                "{count: 1, streams: [{device: a}], meanwhile: [{steer: d, every: 1}]}",
                "17:18: error: device 'd' does not ring in this plan, so nothing is done to it while it "
                    + "rings; add a stream of it"
            ),
            (
                "{count: 1, meanwhile: [{reset: d, every: 1}]}",
                "17:18: error: a reset takes the queues of 'd' (nvme) away, and nothing rings behind it; "
                    + "arm it again instead with 'rearm'"
            ),
            (
                "{count: 1000, meanwhile: [{rearm: a, every: 10}]}",
                "17:18: error: 'a' is raised 1000 times, and every 10 is more than 64 times; write 16 or "
                    + "more for 'every'"
            ),
            (
                "{count: 9, meanwhile: [{rearm: a, every: 9}, {steer: a, every: 9}]}",
                "17:18: error: arming 'a' again gives it other interrupts, so they cannot be steered in the "
                    + "same plan; write two steps"
            ),
            (
                "{count: 9, meanwhile: [{kill: c}]}",
                "17:18: error: device 'n' rings in another container than 'c', whose process is killed; only "
                    + "devices of 'c' can ring in this plan"
            ),
            (
                "{count: 9, meanwhile: [{storm: {in: f, at: 0x0, size: 1page}}]}",
                "17:18: error: container 'f' is not open here; did you mean 'c'?"
            ),
            (
                "{count: 9, meanwhile: [{kill: c, every: 3}]}",
                "17:58: error: the key 'every' has no place here: a process dies once"
            ),
        ])
    func refused(_ plan: String, _ complaint: String) {
        let text = suite(steps: Self.armed + ["traffic: " + plan], devices: Self.devices)
        let found = complaints(inSuite: text)
        #expect(found.contains { $0.hasSuffix(complaint) }, "\(found)")
    }

    @Test("A plan of nothing is refused")
    func nothingArmed() {
        let steps = ["open: c", "attach: {device: a, to: c}", "traffic: {count: 1}"]
        let found = complaints(inSuite: suite(steps: steps, devices: Self.devices))
        #expect(found.first?.contains("nothing is armed here; arm a device first") == true)
    }
}
