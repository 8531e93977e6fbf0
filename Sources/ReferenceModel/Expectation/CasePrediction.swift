// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What must be seen of a suite's case on a described board, with the facts a reader needs beside.
package struct CasePrediction: Sendable, Hashable, Codable {
    package let board: BoardName
    package let suite: SuiteName
    package let name: CaseName
    package let summary: String
    package let kernel: KernelVersion
    /// The CPU's page size, in which suites give places and sizes.
    package let pageSize: Granule
    /// The IOVAs that the SMMU translates.
    package let aperture: IOVARange
    /// Which function of the board serves as which device of the case.
    package let devices: [DeviceName: PCIAddress]
    /// `allow_unsafe_interrupts` before the first step.
    package let unsafeInterruptsAllowed: Bool
    package let expectation: Expectation

    package init(
        suite: SuiteName, case entry: SuiteCase, on name: BoardName, board: BoardFacts,
        devices: [DeviceName: PCIAddress], expectation: Expectation
    ) {
        self.board = name
        self.suite = suite
        self.name = entry.name
        summary = entry.summary
        kernel = board.kernel
        pageSize = board.pageSize
        aperture = board.aperture
        self.devices = devices
        unsafeInterruptsAllowed = entry.unsafeInterruptsAllowed
        self.expectation = expectation
    }
}
