// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A BMC that did not do what ipmitool asked it for.
package struct IPMIError: Blame, Hashable {
    /// Why it did not, as far as ipmitool 1.8.19 tells.
    package enum Cause: Sendable, Hashable {
        case silent
        /// It is a BMC, and does not know the user or has another password for it.
        case credentials
        /// It offers no cipher suite that was asked for.
        case cipherSuite
        /// It refused the command, or said something that nobody knows; its last line.
        case strange(String)
    }

    package let bmc: String
    package let action: String
    package let cause: Cause

    package init(bmc: String, action: String, cause: Cause) {
        (self.bmc, self.action, self.cause) = (bmc, action, cause)
    }

    package var kind: FaultKind { .bench }

    package var account: Account {
        Account(subject: bmc, action: action, cause: sentence, remedy: remedy)
    }

    private var sentence: String {
        switch cause {
        case .silent: "it does not answer"
        case .credentials: "it does not accept the user or the password"
        case .cipherSuite: "it does not take the cipher suite that was asked for"
        case .strange(let line): "ipmitool said: \(line)"
        }
    }

    private var remedy: String {
        switch cause {
        case .silent: "Look at its cable and address, and whether IPMI over LAN is switched on."
        case .credentials: "Look at `user` and `password-file` in the lab."
        case .cipherSuite: "Name another `cipher-suite` in the lab; 17 and 3 are common."
        case .strange: ""
        }
    }

    /// The last line of some text, for a message.
    static func lastLine(of text: String) -> String {
        text.split(whereSeparator: \.isNewline).last.map(String.init) ?? "nothing"
    }
}

extension IPMIError.Cause {
    /// Reads what `ipmitool -v` writes on standard error when it fails.
    package init(complaint text: String) {
        if text.contains("RAKP 2 ") || text.contains("unauthorized name")
            || text.contains("RAKP 4 ")
        {
            self = .credentials
        } else if text.contains("open session response") {
            self = .cipherSuite
        } else if text.contains("Get Auth Capabilities error")
            || text.contains("Could not open socket")
        {
            self = .silent
        } else {
            self = .strange(IPMIError.lastLine(of: text))
        }
    }
}
