// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Says from a board's facts and a list of steps what an observer must see.
///
/// It can be read beside the kernel: `Series/` has a file for each patch of the RFC,
/// `Generations/Designs/` one for each design, and the folders named after an interface follow that
/// interface's calls.
package struct ReferenceModel: Sendable {
    package let choice: GenerationChoice
    package let board: BoardFacts
    package private(set) var parameters: ModelParameters
    private let design: KernelDesign

    /// Chooses the rules for a board.
    ///
    /// What the kernel's recipe states of its generation goes before what its version tells.
    ///
    /// - Throws: `ModelError.unknownGeneration` when nobody says and the version does not tell.
    package init(
        board: BoardFacts, stated: GenerationChoice? = nil,
        parameters: ModelParameters = ModelParameters(), overrides: ModelOverrides = .none
    ) throws(ModelError) {
        if let generation = overrides.generation {
            choice = GenerationChoice(generation, because: "it was given by hand")
        } else if let stated {
            choice = stated
        } else {
            choice = try .detect(on: board)
        }
        self.board = board
        self.parameters = parameters
        if let base = overrides.windowBase {
            self.parameters.window = SoftwareWindow(base: base, size: parameters.window.size)
        }
        design = .of(choice.generation, on: board, self.parameters)
    }

    /// Predicts a case; steps that nobody could carry out are marked, never an error.
    ///
    /// `undone` are the places of steps that were not carried out on the board: what comes after
    /// them finds the board without.
    package func predict(
        steps: [Step], devices: [DeviceName: PCIAddress], unsafeInterruptsAllowed: Bool,
        undone: Set<Int> = []
    ) -> Expectation {
        var host = Host(
            board: board, design: design, parameters: parameters, devices: devices,
            unsafeInterruptsAllowed: unsafeInterruptsAllowed)
        let expected = steps.enumerated().map { index, step in
            undone.contains(index)
                ? host.passOver(step, index: index) : host.take(step, index: index)
        }
        return Expectation(
            choice: choice, window: hasWindow ? parameters.window : nil, steps: expected,
            reservedRegions: design.listsRegions ? lines(of: devices, host) : nil,
            stage: board.host.stage)
    }

    private var hasWindow: Bool { Set<Generation>.fixedWindows.contains(choice.generation) }

    private func lines(
        of devices: [DeviceName: PCIAddress], _ host: Host
    ) -> [PCIAddress: [String]] {
        Dictionary(
            devices.values.map { ($0, host.regions(of: board.group(of: $0)).map(\.text)) },
            uniquingKeysWith: { first, _ in first })
    }
}

extension Set<Generation> {
    /// The designs in which the kernel places doorbells in a window that is its constant.
    fileprivate static let fixedWindows: Self = [
        .fixedWindow, .fixedWindowWithRanges, .iommufd, .iommufdTable,
    ]
}
