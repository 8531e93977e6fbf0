// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling
package import SystemPackage
package import Vocabulary

/// What went wrong between us and a board's SSH server.
///
/// A cancellation is not among it.
package struct SSHError: Blame {
    /// What messages call the board.
    package let target: String
    /// What could not be done, as the end of "could not …".
    package let action: String
    package let cause: Cause
    /// What a command had written before it failed; nothing is lost.
    package let heard: CommandOutput

    /// What went wrong.
    package enum Cause: Sendable {
        /// No TCP connection, or no SSH on the other side of it.
        case unreachable(String)
        case unknownHostKey(offered: OfferedHostKey)
        case changedHostKey(offered: OfferedHostKey, pinned: [HostKeyPin])
        case keyFile(FilePath, KeyFileProblem)
        case notAuthenticated(user: String, reason: String)
        /// The connection ended while this was being done, that long after it began.
        case dropped(reason: String, after: Duration)
        /// Somebody closed the connection or stream on our side.
        case closed
        /// The server refused to open a channel or to start a command.
        case refused(String)
        case deadline(DeadlineExceeded)
        case tooMuchOutput(limit: ByteCount)
        /// The command was asked to succeed and did not.
        case ended(RemoteStatus)
        /// The server closed the channel without saying how the command ended.
        case noStatus
        /// An argument that no command line can carry.
        case badArgument(String)
        case hashMismatch(here: String, there: String)
        case localFile(FilePath, Errno)
        /// libssh has no memory or no file descriptor left.
        case library(String)
    }

    /// What is wrong with a private key file.
    package enum KeyFileProblem: Sendable, Hashable {
        case missing(Errno)
        /// Others than the owner may read it.
        case permissions(UInt32)
        case unreadable(String)
    }

    package init(
        target: String, action: String, cause: Cause, heard: CommandOutput = CommandOutput()
    ) {
        self.target = target
        self.action = action
        self.cause = cause
        self.heard = heard
    }

    package var kind: FaultKind {
        switch cause {
        case .deadline(let exceeded): exceeded.kind
        case .badArgument, .keyFile: .suite
        case .closed, .library: .harness
        default: .bench
        }
    }

    package var account: Account {
        Account(
            subject: target, action: action, cause: cause.sentence + heard.lastWords,
            remedy: cause.remedy)
    }
}
