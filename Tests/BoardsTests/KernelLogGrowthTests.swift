// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Testing

@Suite struct KernelLogGrowthTests {
    @Test func `what was appended is what was added`() {
        let growth = KernelLogGrowth(from: "a\nb\n", to: "a\nb\nc\n")
        #expect(growth.added == "c\n")
        #expect(!growth.overran)
    }

    @Test func `nothing new is nothing added`() {
        #expect(KernelLogGrowth(from: "a\n", to: "a\n").added.isEmpty)
        #expect(KernelLogGrowth(from: "", to: "").added.isEmpty)
    }

    @Test func `a ring that dropped its oldest lines still tells what is new`() {
        let growth = KernelLogGrowth(from: "a\nb\nc\n", to: "c\nd\ne\n")
        #expect(growth.added == "d\ne\n")
        #expect(!growth.overran)
    }

    @Test func `a ring that ran over says so and keeps everything`() {
        let growth = KernelLogGrowth(from: "a\nb\n", to: "x\ny\n")
        #expect(growth.added == "x\ny\n")
        #expect(growth.overran)
    }
}
