// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Vocabulary

/// Why a request did not give its answer.
enum Trouble: Error {
    /// The kernel refused a call: a normal answer.
    case kernel(KernelCall, KernelErrno)
    /// The agent itself refuses the request.
    case refused(Refusal)
}
