// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Testing
import Vocabulary

@Suite("Cases that an agent cannot carry out are refused before a board is touched")
struct UnmetAbilityTests {
    private func check(_ steps: [String], devices: String = "{a: edu, n: nvme}") throws {
        let start = ["open: c", "attach: {device: a, to: c}"]
        let text = suite(steps: start + steps, devices: devices)
        for entry in try Suite(SourceText(file: "x.yaml", text: text)).cases {
            try UnmetAbility.check(entry)
        }
    }

    @Test("Interfaces that no agent speaks", arguments: ["window: {in: c, at: 0x0, size: 1MiB}"])
    func simulated(_ step: String) {
        #expect { try check([step]) } throws: {
            "\($0)".contains("known to the model and to simulated boards only")
        }
    }

    @Test("DMA wants an edu, and memory that the bytes go through")
    func transfers() throws {
        let write = "write: {device: a, at: 0x1000, value: 1}"
        #expect { try check([write]) } throws: { "\($0)".contains("needs memory") }
        let map = "map: {in: c, at: 0x1000, size: 4KiB}"
        try check([map, write])
        #expect { try check([map, write], devices: "{a: e1000e}") } throws: {
            "\($0)".contains("Ask for an edu")
        }
    }

    @Test("Only where somebody pulls devices out they are pulled out")
    func slots() throws {
        let text = suite(steps: ["unplug: a", "plug: a"], devices: "{a: e1000e}")
        let entry = try Suite(SourceText(file: "x.yaml", text: text)).cases[0]
        try UnmetAbility.check(entry, hasSlots: true)
        let error = #expect(throws: UnmetAbility.self) {
            try UnmetAbility.check(entry, hasSlots: false)
        }
        #expect(error?.kind == .suite)
        #expect(error?.description.contains("unplug a") == true)
    }

    @Test("A device without a register that resets it is not disturbed")
    func disturbance() throws {
        #expect { try check(["disturb: a"]) } throws: { "\($0)".contains("resets itself") }
        try check(["disturb: a"], devices: "{a: e1000e}")
    }
}
