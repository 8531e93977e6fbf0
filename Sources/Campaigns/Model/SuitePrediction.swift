// SPDX-License-Identifier: GPL-3.0-or-later

package import ReferenceModel
package import ResultArchive
import Vocabulary

/// Asks the model what must be seen of suites on a described board.
package struct SuitePrediction: Sendable {
    private let board: BoardDescription
    private let model: ReferenceModel

    /// Prepares the model.
    ///
    /// A generation that is named goes before what a run knows of the kernel (`stated`), and that
    /// before the board's facts. `series` counts the RFC's patches that are applied, all of them
    /// where it is nothing. With `freshHost` nothing but the doorbell is mapped for a host driver.
    ///
    /// - Throws: `ModelError` when nobody names a generation and the facts do not tell.
    package init(
        on board: BoardDescription, generation: Generation? = nil, series: Int? = nil,
        freshHost: Bool = false, stated kernel: KernelRecord? = nil
    ) throws(ModelError) {
        let place = series.map { ", at \(SeriesPoint.afterPatch($0))" } ?? ""
        let named = generation.map { GenerationChoice($0, because: "it was named\(place)") }
        var parameters = ModelParameters(hostDomainIsFresh: freshHost)
        if let count = series ?? (named == nil ? kernel?.design?.series : nil) {
            parameters.series = .afterPatch(count)
        }
        let stated = named ?? kernel?.statedGeneration
        self.board = board
        model = try ReferenceModel(board: board.facts, stated: stated, parameters: parameters)
    }

    /// Predicts every chosen case.
    /// - Throws: `UnmetDemand` for a case that asks for a device that the board does not have.
    package func cases(of suites: [SuiteOrder]) throws(UnmetDemand) -> [CasePrediction] {
        var predictions: [CasePrediction] = []
        for order in suites {
            for entry in order.cases {
                predictions.append(try prediction(of: entry, in: order.suite))
            }
        }
        return predictions
    }

    private func prediction(
        of entry: SuiteCase, in suite: Suite
    ) throws(UnmetDemand) -> CasePrediction {
        let devices = try DeviceAssignment.assign(entry.devices, among: board.devices)
        let expectation = model.predict(
            steps: entry.steps, devices: devices,
            unsafeInterruptsAllowed: entry.unsafeInterruptsAllowed)
        return CasePrediction(
            suite: suite.name, case: entry, on: board.name, board: board.facts, devices: devices,
            expectation: expectation)
    }
}
