// SPDX-License-Identifier: GPL-3.0-or-later

/// An error that knows whose fault it is and says so in one sentence a person can act on.
///
/// Each module has its own error type; this is what they share. The sentence has four parts:
/// *subject* could not *action*: *cause*. *Remedy*.
package protocol Blame: Error, CustomStringConvertible, Sendable {
    /// Whose fault it is.
    var kind: FaultKind { get }
    /// What failed, why, and what to do.
    var account: Account { get }
}

extension Blame {
    package var description: String { account.description }

    /// The same error as a plain value, for journals and verdicts.
    package var fault: Fault { Fault(kind: kind, account: account) }
}

/// The four parts of an error sentence.
package struct Account: Sendable, Hashable, Codable, CustomStringConvertible {
    /// Who could not do it: "board virt-its", "Labs/virtual.yaml:12:3".
    package var subject: String
    /// What could not be done, as the end of "could not …": "open the SSH connection".
    package var action: String
    /// Why, as far as it is known.
    package var cause: String
    /// What the reader can do about it, a full sentence; empty where nothing can be advised.
    package var remedy: String

    package init(subject: String, action: String, cause: String, remedy: String = "") {
        self.subject = subject
        self.action = action
        self.cause = cause
        self.remedy = remedy
    }

    package var description: String {
        let sentence = "\(subject) could not \(action): \(cause)"
        return remedy.isEmpty ? sentence : "\(sentence). \(remedy)"
    }
}

/// A fault as a value: what stands in a journal when no verdict could be reached.
package struct Fault: Blame, Hashable, Codable {
    package let kind: FaultKind
    package let account: Account

    package init(kind: FaultKind, account: Account) {
        self.kind = kind
        self.account = account
    }

    /// Takes any error: one of ours keeps its blame, a foreign one is the harness's own fault.
    package init(_ error: any Error, subject: String, action: String) {
        if let known = error as? any Blame {
            self = known.fault
        } else {
            self.init(
                kind: .harness,
                account: Account(subject: subject, action: action, cause: String(describing: error))
            )
        }
    }
}
