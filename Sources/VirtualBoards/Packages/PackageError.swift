// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Debian packages for a board that could not be had.
package enum PackageError: Blame, Equatable {
    /// This machine's apt knows no Debian archive.
    case noDebianArchive
    /// apt's private folder could not be prepared.
    case noState(path: String, reason: String)
    /// apt, or dpkg-deb, failed; its own words.
    case tool(action: String, words: String)
    /// Debian publishes no such kernel now.
    case noKernel(recipe: String)
    /// Debian publishes no such package of a kernel's source.
    case noPackage(String)
    /// apt said it succeeded, and yet the file is not there.
    case notDelivered(file: String)

    package var kind: FaultKind {
        switch self {
        case .noKernel, .noPackage: .suite
        case .noDebianArchive, .noState, .tool, .notDelivered: .bench
        }
    }

    package var account: Account {
        switch self {
        case .noDebianArchive:
            Account(
                subject: "the virtual lab", action: "find arm64 packages",
                cause: "apt on this machine knows no Debian archive",
                remedy: "Add one to /etc/apt/sources.list.d, with the component main.")
        case .noState(let path, let reason):
            Account(
                subject: "the virtual lab", action: "prepare a private apt in \(path)",
                cause: reason,
                remedy: "Set DOORBELL_CACHE to a folder that can be written to.")
        case .tool(let action, let words):
            Account(
                subject: "the virtual lab", action: action, cause: words,
                remedy: "Once fetched, packages are kept; until then the archive must be reachable."
            )
        case .noKernel(let recipe):
            Account(
                subject: "the kernel \(recipe)", action: "be fetched",
                cause: "Debian publishes no such kernel for arm64",
                remedy: "debian-6.1 and debian-6.12 are published for Debian 12.")
        case .noPackage(let name):
            Account(
                subject: "the package \(name)", action: "be fetched",
                cause: "Debian publishes no such package",
                remedy: "linux-source-6.1 and linux-source-6.12 are published for Debian 12.")
        case .notDelivered(let file):
            Account(
                subject: "the virtual lab", action: "fetch \(file)",
                cause: "apt succeeded without delivering it")
        }
    }
}
