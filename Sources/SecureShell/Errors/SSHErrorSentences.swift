// SPDX-License-Identifier: GPL-3.0-or-later

import Scheduling
import Vocabulary

extension SSHError.Cause {
    /// What follows "could not …:".
    var sentence: String {
        switch self {
        case .unreachable(let reason): reason
        case .unknownHostKey(let offered):
            "its host key \(offered.fingerprint) (\(offered.algorithm)) is unknown: none is pinned"
        case .changedHostKey(let offered, let pinned):
            "its host key is \(offered.fingerprint) (\(offered.algorithm)), but pinned is "
                + pinned.map(\.description).joined(separator: " or ")
        case .keyFile(let path, let problem): "the key file \(path) \(problem.sentence)"
        case .notAuthenticated(let user, let reason): "user \(user) was not let in: \(reason)"
        case .dropped(let reason, let after):
            "the connection was lost after \(after.inSeconds): \(reason)"
        case .closed: "the connection had been closed on this side"
        case .refused(let reason): "the server refused: \(reason)"
        case .deadline(let exceeded):
            "it was not finished within \(exceeded.allowed.inSeconds) (\(exceeded.purpose))"
        case .tooMuchOutput(let limit): "it wrote more than \(limit)"
        case .ended(let status): "\(status)"
        case .noStatus: "the server did not say how the command ended"
        case .badArgument(let reason): reason
        case .hashMismatch(let here, let there):
            "the SHA-256 here is \(here), there it is \(there)"
        case .localFile(let path, let errno): "the local file \(path): \(errno)"
        case .library(let reason): reason
        }
    }

    /// What the reader can do about it.
    var remedy: String {
        switch self {
        case .unknownHostKey:
            "Compare the fingerprint with the board's own, then pin it with `board enrol`."
        case .changedHostKey:
            "If the board was installed anew, enrol it again; else somebody is in between."
        case .keyFile(let path, .permissions): "Type: chmod 600 \(path)"
        case .keyFile(_, .unreadable): "If the key has a passphrase, use the agent instead."
        case .hashMismatch: "Look for a full or failing disk on the board, then try again."
        default: ""
        }
    }
}

extension SSHError.KeyFileProblem {
    var sentence: String {
        switch self {
        case .missing(let errno): "cannot be opened: \(errno)"
        case .permissions(let mode):
            "has mode 0\(String(mode & 0o777, radix: 8)): others than its owner may read it"
        case .unreadable(let reason): "holds no usable private key: \(reason)"
        }
    }
}
