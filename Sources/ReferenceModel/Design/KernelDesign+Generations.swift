// SPDX-License-Identifier: GPL-3.0-or-later

extension KernelDesign {
    /// The design of a generation on a kernel.
    static func of(
        _ generation: Generation, on board: BoardFacts, _ parameters: ModelParameters
    ) -> KernelDesign {
        switch generation {
        case .userWindow: .userWindow
        case .mixed: .mixed(at: parameters.series, on: board.kernel)
        case .fixedWindow: .fixedWindow(on: board.kernel, parameters)
        case .fixedWindowWithRanges: .fixedWindowWithRanges(on: board.kernel, parameters)
        case .iommufd: .iommufd(on: board.kernel, parameters)
        case .iommufdTable: .iommufdTable(on: board.kernel, parameters)
        case .hardwareWindow: .hardwareWindow(on: board, parameters)
        case .dmaDomain: .hostDriver(translated: true)
        case .identity: .hostDriver(translated: false)
        }
    }
}
