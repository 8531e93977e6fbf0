// SPDX-License-Identifier: GPL-3.0-or-later

package import Judgement
package import Vocabulary

extension CaseArchive {
    /// Writes what was concluded, and of which kernel.
    ///
    /// - Throws: `ArchiveError`; an earlier verdict is then still there.
    package func write(
        _ judgement: CaseJudgement, of kernel: KernelRecord?
    ) throws(ArchiveError) {
        try writeVerdict(VerdictFile(judgement: judgement, kernel: kernel))
    }
}

extension ArchivedCase {
    /// Reads what was concluded; nothing when the case was never judged.
    ///
    /// - Throws: `ArchiveError` when the file is damaged.
    package func judgement() throws(ArchiveError) -> CaseJudgement? {
        try verdict(as: CaseJudgement.self)
    }

    /// Reads which kernel the verdict speaks of; nothing in earlier archives.
    ///
    /// - Throws: `ArchiveError` when the file is damaged.
    package func kernel() throws(ArchiveError) -> KernelRecord? {
        try verdict(as: JudgedKernel.self)?.kernel
    }
}

/// A verdict as its file has it: who reads it needs no other file to know the kernel.
private struct VerdictFile: Encodable {
    let judgement: CaseJudgement
    let kernel: KernelRecord?

    func encode(to encoder: any Encoder) throws {
        try judgement.encode(to: encoder)
        try JudgedKernel(kernel: kernel).encode(to: encoder)
    }
}

/// What a verdict's file has besides the judgement.
private struct JudgedKernel: Codable {
    let kernel: KernelRecord?
}

extension CaseOutcome {
    /// Sums up a judgement for the manifest.
    package init(
        board: BoardName, suite: SuiteName, name: CaseName, verdict: Verdict, took: Duration
    ) {
        switch verdict {
        case .agrees:
            self.init(board: board, suite: suite, name: name, word: .agrees, took: took)
        case .differs(let findings):
            self.init(
                board: board, suite: suite, name: name, word: .differs, findings: findings.count,
                took: took)
        case .inconclusive(let fault):
            self.init(
                board: board, suite: suite, name: name, word: .inconclusive, fault: fault,
                took: took)
        }
    }
}
