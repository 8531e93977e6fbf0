// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Says from a board's facts and a list of steps what an observer must see.
package struct ReferenceModel: Sendable {
    package let choice: GenerationChoice
    package let board: BoardFacts
    package private(set) var parameters: ModelParameters
    private let rules: TypeOneRules

    /// Chooses the rules for a board.
    ///
    /// - Throws: `ModelError` when the generation is unknown or has no rules yet.
    package init(
        board: BoardFacts, parameters: ModelParameters = ModelParameters(),
        overrides: ModelOverrides = .none
    ) throws(ModelError) {
        if let generation = overrides.generation {
            choice = GenerationChoice(generation, because: "it was given by hand")
        } else {
            choice = try .ofType1(on: board.kernel)
        }
        guard let rules = TypeOneRules(choice.generation) else {
            throw .notImplemented(choice.generation)
        }
        self.rules = rules
        self.board = board
        self.parameters = parameters
        if let base = overrides.windowBase {
            self.parameters.window = SoftwareWindow(base: base, size: parameters.window.size)
        }
    }

    /// Predicts a case; steps that nobody could carry out are marked, never an error.
    package func predict(
        steps: [Step], devices: [DeviceName: PCIAddress], unsafeInterruptsAllowed: Bool
    ) -> Expectation {
        var host = TypeOneHost(
            board: board, rules: rules, parameters: parameters, devices: devices,
            unsafeInterruptsAllowed: unsafeInterruptsAllowed)
        let expected = steps.enumerated().map { host.take($0.element, index: $0.offset) }
        let lines = host.reservedRegions.map { range in
            "\(Hexadecimal.prefixed(range.first.rawValue, width: 16)) "
                + "\(Hexadecimal.prefixed(range.last.rawValue, width: 16)) msi"
        }
        return Expectation(
            choice: choice, window: parameters.window, steps: expected,
            reservedRegions: Dictionary(
                devices.values.map { ($0, lines) }, uniquingKeysWith: { first, _ in first }))
    }
}
