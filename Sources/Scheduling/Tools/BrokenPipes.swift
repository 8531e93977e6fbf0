// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Makes writing to a peer that has gone an error of the write, and not this process's death.
///
/// Tools started through Subprocess get the default action back (its child resets every signal).
package enum BrokenPipes {
    /// Ignores SIGPIPE in this process, once.
    package static func becomeErrors() { ignored }

    private static let ignored: Void = {
        signal(SIGPIPE, SIG_IGN)
    }()
}
