// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What a complete run was: written last, so that its presence means that all the rest is there.
package struct RunManifest: Sendable, Hashable, Codable {
    /// Changes when a reader of the old form would misread the new one.
    package static let currentFormat = 1

    package var format = RunManifest.currentFormat
    /// The command line, our own name first.
    package var command: [String]
    package var began: UTCInstant
    package var ended: UTCInstant
    /// Whether somebody stopped the run before its last case.
    package var wasInterrupted: Bool
    /// What ran here: `doorbell`, `agent protocol`, `qemu`, … and the version of each.
    package var versions: [String: String]
    package var lab: FileRecord
    package var suites: [FileRecord]
    package var agent: FileRecord?
    package var kernels: [BoardName: KernelRecord]
    package var outcomes: [CaseOutcome]

    package init(
        command: [String], began: UTCInstant, ended: UTCInstant, wasInterrupted: Bool,
        versions: [String: String], lab: FileRecord, suites: [FileRecord], agent: FileRecord?,
        kernels: [BoardName: KernelRecord], outcomes: [CaseOutcome]
    ) {
        self.command = command
        self.began = began
        self.ended = ended
        self.wasInterrupted = wasInterrupted
        self.versions = versions
        self.lab = lab
        self.suites = suites
        self.agent = agent
        self.kernels = kernels
        self.outcomes = outcomes
    }
}

/// A file that a run used.
package struct FileRecord: Sendable, Hashable, Codable {
    /// The path as it was given.
    package var file: String
    package var hash: ContentHash

    package init(file: String, hash: ContentHash) {
        self.file = file
        self.hash = hash
    }
}

/// How one case on one board ended.
package struct CaseOutcome: Sendable, Hashable, Codable {
    /// The verdict without what it rests on.
    package enum Word: String, Sendable, Codable, CaseIterable {
        case agrees, differs, inconclusive
    }

    package var board: BoardName
    package var suite: SuiteName
    package var name: CaseName
    package var word: Word
    /// How many findings there are; 0 unless the kernel differs.
    package var findings: Int
    /// Why nothing could be said; nothing unless inconclusive.
    package var fault: Fault?
    /// What was simulated instead of observed: then the word says nothing of a kernel.
    package var simulation: String?
    /// Set where VFIO made interrupts itself, which say nothing of a mapping.
    package var isPartlySynthetic: Bool?
    package var milliseconds: Int64

    package init(
        board: BoardName, suite: SuiteName, name: CaseName, word: Word, findings: Int = 0,
        fault: Fault? = nil, took: Duration
    ) {
        self.board = board
        self.suite = suite
        self.name = name
        self.word = word
        self.findings = findings
        self.fault = fault
        milliseconds =
            took.components.seconds * 1_000
            + took.components.attoseconds / 1_000_000_000_000_000
    }

    package var took: Duration { .milliseconds(milliseconds) }
}
