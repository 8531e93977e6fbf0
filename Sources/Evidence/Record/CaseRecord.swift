// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// All that was done and seen in one case on one board, before anybody judged it.
///
/// It is archived as JSON beside the raw text it points to, and `judge` reads it back: a verdict
/// can be reached again without the board.
package struct CaseRecord: Sendable, Codable {
    package var board: BoardName
    package var suite: SuiteName
    package var name: CaseName
    /// Which function of the board served as which device of the case.
    package var devices: [DeviceName: PCIAddress]
    /// The state of `allow_unsafe_interrupts` before the first step.
    package var unsafeInterruptsAllowed: Bool
    /// The agent's process on the board: trace records with another pid are somebody else's.
    package var agentProcess: Int32
    /// Processes that the agent started to hold containers of their own.
    package var childProcesses: [Int32]?
    /// What was simulated instead of observed: a record with this never speaks of a kernel.
    package var simulation: String?
    package var steps: [StepRecord]
    /// What was run instead of steps; nothing in most cases.
    package var program: ProgramRecord?
    /// Raw texts of the whole case by what they are; the files lie in the case's folder.
    package var texts: [RawText]

    /// The places of the steps that were not carried out.
    package var undone: Set<Int> { Set(steps.indices.filter { steps[$0].notDone != nil }) }

    package init(
        board: BoardName, suite: SuiteName, name: CaseName, devices: [DeviceName: PCIAddress],
        unsafeInterruptsAllowed: Bool, agentProcess: Int32, steps: [StepRecord] = [],
        texts: [RawText] = []
    ) {
        self.board = board
        self.suite = suite
        self.name = name
        self.devices = devices
        self.unsafeInterruptsAllowed = unsafeInterruptsAllowed
        self.agentProcess = agentProcess
        self.steps = steps
        self.texts = texts
    }
}
