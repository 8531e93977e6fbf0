// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A virtual board that could not be switched on, or did not come up.
package enum MachineError: Blame, Equatable {
    /// QEMU is not there.
    case noQEMU(tool: String)
    /// A kernel or an initial file system is not where it should be.
    case noFile(board: String, what: String, path: String)
    /// The private folder of the run cannot be made.
    case noRunFolder(path: String, reason: String)
    /// QEMU ended by itself; its own words.
    case ended(board: String, status: String, words: String)
    /// QEMU does not tell which port leads to the board's SSH.
    case noPort(board: String, answer: String)
    /// The kernel was silent about being ready until the deadline; its last lines.
    case hung(board: String, after: String, lastLines: [String])
    /// The kernel panicked or began anew; the line that says so, and the last lines.
    case panicked(board: String, line: String, lastLines: [String])
    /// A device that cannot be pulled out while the board runs.
    case notPluggable(board: String, address: PCIAddress)
    /// The first process could not bring the network or SSH up.
    case unreachable(board: String, line: String, lastLines: [String])

    package var kind: FaultKind {
        switch self {
        case .noQEMU, .noFile, .noRunFolder, .ended, .noPort: .bench
        case .hung, .panicked, .unreachable: .kernel
        case .notPluggable: .suite
        }
    }

    package var account: Account {
        switch self {
        case .noQEMU(let tool):
            Account(
                subject: "the virtual lab", action: "start \(tool)", cause: "it is not installed",
                remedy: "Install the Debian package qemu-system-arm.")
        case .noFile(let board, let what, let path):
            Account(
                subject: "board \(board)", action: "boot", cause: "there is no \(what) at \(path)",
                remedy: "Name another kernel, or make this one again.")
        case .noRunFolder(let path, let reason):
            Account(
                subject: "the virtual lab", action: "make its private folder \(path)", cause: reason
            )
        case .ended(let board, let status, let words):
            Account(
                subject: "board \(board)", action: "run",
                cause: "QEMU ended by itself: \(status)"
                    + (words.isEmpty ? "" : ", saying: \(words)"))
        case .noPort(let board, let answer):
            Account(
                subject: "board \(board)", action: "be reached by SSH",
                cause: "QEMU does not tell the forwarded port; it said: \(answer)")
        case .notPluggable(let board, let address):
            Account(
                subject: "board \(board)", action: "have \(address) pulled out",
                cause: "it does not sit behind a root port of its own",
                remedy: "Give it one in the lab file: `root-port: true`.")
        case .hung(let board, let after, let lastLines):
            bootAccount(board, "there was no sign of being ready after \(after)", lastLines)
        case .panicked(let board, let line, let lastLines):
            bootAccount(board, "the kernel died: \(line)", lastLines)
        case .unreachable(let board, let line, let lastLines):
            bootAccount(board, "its first process gave up: \(line)", lastLines)
        }
    }

    private func bootAccount(_ board: String, _ cause: String, _ lastLines: [String]) -> Account {
        let console = lastLines.isEmpty ? "nothing at all" : lastLines.joined(separator: "\n  ")
        return Account(
            subject: "board \(board)", action: "boot",
            cause: "\(cause); the console ends with:\n  \(console)\n",
            remedy: "The whole console is in the run's folder.")
    }
}
