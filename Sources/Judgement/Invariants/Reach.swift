// SPDX-License-Identifier: GPL-3.0-or-later

/// Which invariants a suite was seen to hold on a board with a kernel, as runs told.
package struct Reach: Sendable, Hashable, Codable {
    package let suite: String
    package let board: String
    /// The recipe's name, or the release where a board keeps its own kernel.
    package let kernel: String
    /// The cases that were judged, in the suite's order.
    package var cases: [String]
    /// The invariants that at least one of them held, in the catalogue's order.
    package var held: [String]

    package init(
        suite: String, board: String, kernel: String, cases: [String] = [], held: [String] = []
    ) {
        self.suite = suite
        self.board = board
        self.kernel = kernel
        self.cases = cases
        self.held = held
    }

    /// Adds what became of a case; one that was simulated or never judged reaches nothing.
    package mutating func add(_ name: String, _ judgement: CaseJudgement) {
        guard judgement.simulation == nil, !judgement.results.isEmpty else { return }
        cases.append(name)
        let known = Set(held).union(
            judgement.results.compactMap { result in
                if case .held = result.state { result.invariant.text } else { nil }
            })
        held = InvariantCatalogue.all.map(\.id.text).filter(known.contains)
    }
}

/// Which suite reaches which invariant: the second half of the documentation's table.
package enum ReachTable {
    /// Renders what runs told; without any, it says how to make some.
    package static func markdown(_ all: [Reach]) -> String {
        let suites = all.map(\.suite).reduce(into: [String]()) {
            if !$0.contains($1) { $0.append($1) }
        }
        let header = "| | | " + suites.joined(separator: " | ") + " |"
        let rule = "|---|---|" + suites.map { _ in ":-:|" }.joined()
        let rows = InvariantCatalogue.all.map { row($0, suites, all) }
        return ([introduction(all), header, rule] + rows).joined(separator: "\n") + "\n"
    }

    private static func introduction(_ all: [Reach]) -> String {
        let kernels = Set(all.map(\.kernel)).sorted().joined(separator: ", ")
        let boards = Set(all.map(\.board)).sorted().joined(separator: ", ")
        return """

            # Reach

            Which suite was seen to hold an invariant, and on which board, as real runs told: boards
            \(boards) with kernels \(kernels). A board alone: with each of its kernels; otherwise the
            kernel stands beside it. **all**: on each board with each kernel. An empty row: no suite
            reaches it on these boards; the table above says what it takes.

            `./doorbell list invariants --reach RUN…` makes `Results/Baselines/reach.json` out of
            archived runs, from which this is made.

            """
    }

    private static func row(
        _ invariant: Invariant, _ suites: [String], _ all: [Reach]
    ) -> String {
        let cells = suites.map { suite in cell(invariant, all.filter { $0.suite == suite }) }
        return "| \(invariant.id) | \(invariant.name) | " + cells.joined(separator: " | ") + " |"
    }

    private static func cell(_ invariant: Invariant, _ ofSuite: [Reach]) -> String {
        let held = ofSuite.filter { $0.held.contains(invariant.id.text) }
        if held.count == ofSuite.count { return held.isEmpty ? "" : "all" }
        return Set(held.map(\.board)).sorted().map { board in
            let here = held.filter { $0.board == board }
            let isWhole = here.count == ofSuite.count { $0.board == board }
            let kernels = here.map(\.kernel).sorted().joined(separator: ", ")
            return isWhole ? board : "\(board) (\(kernels))"
        }.joined(separator: ", ")
    }
}
