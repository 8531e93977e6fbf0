// SPDX-License-Identifier: GPL-3.0-or-later

import Scheduling

/// Something that is being done over a connection, for the sentences of its errors.
struct Activity {
    let target: String
    /// The end of "could not …".
    let action: String
    let deadline: Deadline
    var start = ContinuousClock.now
    var heard = CommandOutput()

    var elapsed: Duration { ContinuousClock.now - start }

    func failure(_ cause: SSHError.Cause, heard: CommandOutput? = nil) -> SSHError {
        SSHError(target: target, action: action, cause: cause, heard: heard ?? self.heard)
    }
}

extension SSHConnection {
    nonisolated func activity(_ action: String, _ deadline: Deadline) -> Activity {
        Activity(target: target.name, action: action, deadline: deadline)
    }

    nonisolated func failure(_ action: String, _ cause: SSHError.Cause) -> SSHError {
        SSHError(target: target.name, action: action, cause: cause)
    }
}
