// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A recipe that cannot be followed: what it names is not there, does not fit, or has no effect.
package enum RecipeTrouble: Blame, Hashable {
    /// A file that the recipe needs cannot be read.
    case unreadable(kernel: KernelName, file: String, reason: String)
    /// A line of a file is not what stands in such a file.
    case badLine(file: String, line: Int, sentence: String)
    /// The folder has no kernel's source.
    case noKernelSource(kernel: KernelName, place: String)
    /// The repository has no such revision, or cannot be reached.
    case noRevision(kernel: KernelName, repository: String, revision: String, words: String)
    /// A patch does not fit the source that the patches before it left.
    case patchRefused(RefusedPatch)
    /// Options that the configuration does not have as a fragment states them.
    case lostOptions(kernel: KernelName, [LostOption])

    package var kind: FaultKind { .suite }

    package var account: Account {
        switch self {
        case .unreadable(let kernel, let file, let reason):
            Account(
                subject: "kernel \(kernel)", action: "be made: it needs \(file)", cause: reason,
                remedy: "Paths of a recipe count from the recipe's folder.")
        case .badLine(let file, let line, let sentence):
            Account(subject: "\(file):\(line):1", action: "be understood", cause: sentence)
        case .noKernelSource(let kernel, let place):
            Account(
                subject: "kernel \(kernel)", action: "be compiled from \(place)",
                cause: "no kernel's source lies there: it has no Makefile and Kconfig")
        case .noRevision(let kernel, let repository, let revision, let words):
            Account(
                subject: "kernel \(kernel)", action: "get \(revision) of \(repository)",
                cause: words, remedy: "`git ls-remote \(repository)` lists what is there.")
        case .patchRefused(let refused): refused.account
        case .lostOptions(let kernel, let options):
            Account(
                subject: "kernel \(kernel)", action: "be configured",
                cause: options.map(\.description).joined(separator: "; "),
                remedy: "Set what the option depends on, or leave it out.")
        }
    }
}

/// A patch that does not apply, with the hunk that does not fit.
package struct RefusedPatch: Hashable, Sendable {
    package let kernel: KernelName
    package let patch: String
    /// What the tool said of it.
    package let words: String
    /// The hunk as the patch has it; empty where the whole patch is no patch.
    package let hunk: String

    package init(kernel: KernelName, patch: String, words: String, hunk: String) {
        self.kernel = kernel
        self.patch = patch
        self.words = words
        self.hunk = hunk
    }

    var account: Account {
        Account(
            subject: "kernel \(kernel)", action: "apply the patch \(patch)",
            cause: words + (hunk.isEmpty ? "" : "; the hunk that does not fit is:\n\(hunk)"))
    }
}

/// An option that a fragment states and the configuration has otherwise.
package struct LostOption: Hashable, Sendable, CustomStringConvertible {
    package let wanted: StatedOption
    /// What it is in the configuration; nothing where the configuration does not know it.
    package let found: OptionValue?

    package init(wanted: StatedOption, found: OptionValue?) {
        self.wanted = wanted
        self.found = found
    }

    package var description: String {
        let became =
            switch found {
            case nil: "the configuration does not have it"
            case .off?: "it became 'not set'"
            case .set(let value)?: "it became \(value)"
            }
        return "\(wanted.file):\(wanted.line): '\(wanted)' did not take: \(became)"
    }
}
