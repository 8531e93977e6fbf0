// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel

/// Which invariant can be observed where, generation by generation.
package enum CoverageTable {
    /// The whole page of the documentation; `doorbell list invariants --coverage` prints it.
    package static var markdown: String {
        ([introduction, header, rule] + InvariantCatalogue.all.map(row)).joined(separator: "\n")
            + "\n"
    }

    private static let introduction = """
        # Coverage

        What it takes to observe each invariant on a kernel of each generation.

        **V**: a virtual board will do: QEMU's `virt` machine with a kernel of the generation.
        **S**: no QEMU has it, as it takes several doorbells or SMMUs, stage 2 alone, shared
        DevIDs or a hardware window: the simulated board shows it to the model, and a real board
        shows it of a kernel. **R**: real boards only, as a simulation would but assume it.
        An empty cell: the invariant says nothing of the generation.

        The simulated board never speaks of a kernel: what is **S** here is held against kernels
        on real boards alone.

        This page is what `./doorbell list invariants --coverage` prints.

        """

    private static var header: String {
        "| | | " + Generation.allCases.map(\.rawValue).joined(separator: " | ") + " |"
    }

    private static var rule: String {
        "|---|---|" + Generation.allCases.map { _ in ":-:|" }.joined()
    }

    private static func row(_ invariant: Invariant) -> String {
        let cells = Generation.allCases.map { invariant.coverage(in: $0)?.letter ?? "" }
        return "| \(invariant.id) | \(invariant.name) | " + cells.joined(separator: " | ") + " |"
    }
}

extension Coverage {
    /// The letter of the table.
    fileprivate var letter: String {
        switch self {
        case .virtualBoard: "V"
        case .simulatedBoard: "S"
        case .realBoards: "R"
        }
    }
}
