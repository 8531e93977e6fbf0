// SPDX-License-Identifier: GPL-3.0-or-later
package import Evidence
package import Vocabulary

/// A board that exists only here: it carries out steps with an implementation that knows nothing of
/// the reference model, and shows what a real board would show, in the kernel's own texts.
///
/// It tests the model and the invariants against each other. It says nothing about any kernel, and
/// every record of it says so.
package struct SimulatedBoard: Sendable {
    package let board: BoardDescription
    package let generation: SimulatedGeneration
    package let release: SimulatedRelease
    package let mutant: Mutant?

    /// Makes a board; without a release the one that the generation is best known by.
    package init(
        _ board: BoardDescription, _ generation: SimulatedGeneration,
        release: SimulatedRelease? = nil, mutant: Mutant? = nil
    ) {
        self.board = board
        self.generation = generation
        self.release = release ?? generation.release
        self.mutant = mutant
    }

    /// What results show: "simulated board overdrive, generation SW54, mutant M5".
    package var label: String {
        "simulated board \(board.name), generation \(generation.rawValue)"
            + (mutant.map { ", mutant \($0.rawValue)" } ?? "")
    }

    /// The functions that can serve in cases, in the board's order.
    package var devices: [PCIAddress] { board.functions.map(\.address) }

    /// Carries out a case and gives its record.
    ///
    /// The same seed gives the same bytes. Devices that the board does not have are an error of the
    /// caller's.
    package func run(
        _ suiteCase: SuiteCase, suite: SuiteName, devices: [DeviceName: PCIAddress],
        seed: UInt64 = 1
    ) -> CaseRecord {
        let kernel = Kernel(
            board: board, generation: generation, release: release, mutant: mutant, seed: seed)
        kernel.allowsUnsafeInterrupts = suiteCase.unsafeInterruptsAllowed
        let agent = SimulatedAgent(kernel, devices: devices, steps: suiteCase.steps)
        var record = CaseRecord(
            board: board.name, suite: suite, name: suiteCase.name, devices: devices,
            unsafeInterruptsAllowed: suiteCase.unsafeInterruptsAllowed,
            agentProcess: kernel.process)
        record.simulation = label
        record.texts = agent.textsBefore()
        record.steps = suiteCase.steps.enumerated().map { agent.perform($1, index: $0) }
        record.childProcesses = agent.children.isEmpty ? nil : agent.children
        record.texts += agent.textsAfter()
        return record
    }
}
