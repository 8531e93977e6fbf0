// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing
import Vocabulary

/// Who may attach without `allow_unsafe_interrupts`, by kernel and by what rings where.
@Suite struct SafetyTests {
    private static let old = KernelVersion(major: 6, minor: 1)
    private static let new = KernelVersion(major: 6, minor: 12)

    private func isDenied(_ board: BoardFacts, unsafe: Bool = false) throws -> Bool {
        let steps = try Sample.attached()
        let attach = try Sample.predict(steps, on: board, unsafe: unsafe).steps.last
        return attach?.outcome == .refused(calls: ["VFIO_SET_IOMMU"], errno: .notPermitted)
    }

    @Test func oneControllerDecidesAlone() throws {
        for kernel in [Self.old, Self.new] {
            #expect(try !isDenied(try Sample.board([Sample.its], kernel: kernel)))
            #expect(try isDenied(try Sample.board([Sample.frame], kernel: kernel)))
            #expect(try !isDenied(try Sample.board([Sample.frame], kernel: kernel), unsafe: true))
        }
    }

    @Test func anUnsafeNeighbourCountsForOldKernelsOnly() throws {
        let device = try #require(PCIAddress("0000:00:02.0"))
        for (kernel, denied) in [(Self.old, true), (Self.new, false)] {
            let board = try Sample.board(
                [Sample.its, Sample.frame], kernel: kernel, routes: [device: Sample.its])
            #expect(try isDenied(board) == denied)
        }
    }

    @Test func changingTheParameterCountsFromThenOn() throws {
        let main = try Sample.main()
        let a = try Sample.device("a")
        let steps: [Step] = [
            .open(container: main), .attach(device: a, container: main),
            .allowUnsafeInterrupts(true), .attach(device: a, container: main),
        ]
        let outcomes = try Sample.predict(
            steps, on: try Sample.board([Sample.frame]), unsafe: false
        ).steps.map(\.outcome)
        #expect(outcomes[1] != .succeeds && outcomes[3] == .succeeds)
    }
}
