// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A conversation with QEMU's monitor that went wrong.
package enum QMPError: Blame, Equatable {
    /// The monitor sent something that is no QMP message; the line is kept.
    case garbage(line: String)
    /// QEMU understood and said no.
    case refused(command: String, class: String, description: String)
    /// QEMU ended, or closed its monitor, while an answer was awaited.
    case closed(during: String)
    /// The private socket could not be used.
    case socket(action: String, reason: String)

    package var kind: FaultKind {
        switch self {
        case .garbage, .closed, .socket: .bench
        case .refused: .harness
        }
    }

    package var account: Account {
        switch self {
        case .garbage(let line):
            Account(
                subject: "QEMU's monitor", action: "be understood",
                cause: "it sent a line that is no QMP message: \(line)")
        case .refused(let command, let kind, let description):
            Account(
                subject: "QEMU", action: "execute the command \(command)",
                cause: "\(description) (\(kind))")
        case .closed(let during):
            Account(
                subject: "QEMU's monitor", action: "answer \(during)",
                cause: "QEMU ended or closed the connection")
        case .socket(let action, let reason):
            Account(subject: "QEMU's monitor socket", action: action, cause: reason)
        }
    }
}
