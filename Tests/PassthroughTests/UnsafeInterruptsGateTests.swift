// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Passthrough
import SecureShell
import Testing

@Suite("The gate for unsafe interrupts is put back")
struct UnsafeInterruptsGateTests {
    private static let parameter = "/sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts"
    private static let note = "/run/doorbell/unsafe-interrupts"

    private func board(_ state: String) -> PretendBoard {
        PretendBoard(files: [Self.parameter: state])
    }

    @Test("To how it stood, however often it was set", arguments: ["Y\n", "N\n"])
    func putBack(before: String) async throws {
        let board = board(before)
        let gate = UnsafeInterruptsGate(files: board)
        for open in [true, false, true] { try await gate.set(open: open) }
        #expect(try await gate.isOpen())
        try await gate.giveBack()
        #expect(try await gate.isOpen() == before.hasPrefix("Y"))
        #expect(try await board.textIfPresent(of: .init(Self.note)) == nil)
    }

    @Test("By the next run, after a controller that died")
    func repaired() async throws {
        let board = board("N\n")
        try await UnsafeInterruptsGate(files: board).set(open: true)
        try await UnsafeInterruptsGate(files: board).giveBack()
        #expect(try await UnsafeInterruptsGate(files: board).isOpen() == false)
    }

    @Test("A board where nothing was set is left alone, one without the module too")
    func untouched() async throws {
        let open = board("Y\n")
        try await UnsafeInterruptsGate(files: open).giveBack()
        #expect(await open.writes.isEmpty)
        try await UnsafeInterruptsGate(files: PretendBoard()).giveBack()
    }
}
