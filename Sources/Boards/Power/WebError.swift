// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A power switch with a web interface that did not do what it was asked for.
package struct WebError: Blame, Hashable {
    /// Why it did not.
    package enum Cause: Sendable, Hashable {
        /// Nobody there, no name, no trust in its certificate, no time left: as curl tells it.
        case noAnswer(String)
        /// It answered with a status that is no success, and the beginning of what it said.
        case refused(status: Int, said: String)
        /// It answered something that is not what the interface promises.
        case strange(String)
    }

    package let title: String
    package let action: String
    package let cause: Cause

    package init(title: String, action: String, cause: Cause) {
        (self.title, self.action, self.cause) = (title, action, cause)
    }

    package var kind: FaultKind { .bench }

    package var account: Account {
        Account(subject: title, action: action, cause: sentence, remedy: remedy)
    }

    private var sentence: String {
        switch cause {
        case .noAnswer(let words): words
        case .refused(401, _), .refused(403, _): "it does not accept the user or the password"
        case .refused(let status, ""): "it answered with HTTP status \(status)"
        case .refused(let status, let said): "it answered with HTTP status \(status): \(said)"
        case .strange(let words): words
        }
    }

    private var remedy: String {
        switch cause {
        case .refused(401, _), .refused(403, _): "Look at `user` and `password-file` in the lab."
        case .refused(404, _): "Look at its `url` in the lab, and what is named beside it."
        default: ""
        }
    }
}
