// SPDX-License-Identifier: GPL-3.0-or-later

package import Judgement
package import Vocabulary

/// What became of one mutant: a kernel with one bug, or with a change that must not be noticed.
package struct MutantRecord: Sendable, Hashable, Codable {
    /// What a mutant shows of the test bench.
    package enum Outcome: String, Sendable, Codable, CaseIterable {
        /// On each of its boards every invariant fell that must fall.
        case caught
        /// Something fell on each of its boards, but not all that must fall.
        case caughtOtherwise = "caught otherwise"
        /// A board agreed although the kernel is wrong.
        case survived
        /// Nothing fell, and nothing must.
        case quiet
        /// Something fell although the kernel is right.
        case falseAlarm = "false alarm"
        /// Kernel, bench or suite kept it from being judged.
        case notJudged = "not judged"
    }

    package let name: KernelName
    /// The kernel recipe that it is a variant of.
    package let base: KernelName
    package let suite: SuiteName
    /// What must fall; nothing for a change that must not be noticed.
    package let intended: [InvariantID]
    package let boards: [MutantTrial]
    /// How long the compiler took, without what lay compiled in the cache: milliseconds.
    package let compileMilliseconds: Int64
    /// From power-on to the last verdict: milliseconds.
    package let runMilliseconds: Int64
    /// The name of the archived run; nothing where no board was booted.
    package let run: String?
    /// What kept it from being compiled or run at all.
    package let fault: Fault?
    package let outcome: Outcome

    package init(
        name: KernelName, base: KernelName, suite: SuiteName, intended: [InvariantID],
        boards: [MutantTrial] = [], compileTook: Duration, runTook: Duration = .zero,
        run: String? = nil, fault: Fault? = nil
    ) {
        self.name = name
        self.base = base
        self.suite = suite
        self.intended = intended
        self.boards = boards
        compileMilliseconds = compileTook.milliseconds
        runMilliseconds = runTook.milliseconds
        self.run = run
        self.fault = fault
        outcome = fault == nil ? Self.outcome(intended, boards) : .notJudged
    }

    private static func outcome(
        _ intended: [InvariantID], _ boards: [MutantTrial]
    ) -> Outcome {
        let isDoubtful = boards.isEmpty || boards.contains { $0.word == .inconclusive }
        guard !intended.isEmpty else {
            if boards.contains(where: { $0.word == .differs }) { return .falseAlarm }
            return isDoubtful ? .notJudged : .quiet
        }
        if isDoubtful { return .notJudged }
        if boards.contains(where: { $0.word == .agrees }) { return .survived }
        let isMeant = boards.allSatisfy { Set(intended).isSubset(of: $0.broken) }
        return isMeant ? .caught : .caughtOtherwise
    }
}

/// One board's part in a mutant's record.
package struct MutantTrial: Sendable, Hashable, Codable {
    package let board: BoardName
    /// Differs as soon as one case does.
    package let word: CaseOutcome.Word
    /// The invariants that fell, in the order of the catalogue.
    package let broken: [InvariantID]
    /// Which kernel the board proved to run; nothing when it never answered.
    package let kernel: KernelRecord?
    /// Why not all of it was judged.
    package let fault: Fault?

    package init(
        board: BoardName, word: CaseOutcome.Word, broken: [InvariantID], kernel: KernelRecord?,
        fault: Fault?
    ) {
        self.board = board
        self.word = word
        self.broken = broken
        self.kernel = kernel
        self.fault = fault
    }
}

extension Duration {
    fileprivate var milliseconds: Int64 { Int64((self / .milliseconds(1)).rounded()) }
}
