// SPDX-License-Identifier: GPL-3.0-or-later

import Scheduling
import Synchronization

/// How a connection's thread waits: for packets of the server, and for jobs.
final class ConnectionRest: ThreadRest {
    private struct Weak {
        weak var connection: SSHConnection?
    }

    let wakeUp: WakeUp
    private let weak = Mutex(Weak())

    init(_ wakeUp: WakeUp) { self.wakeUp = wakeUp }

    /// Lets the thread serve this connection; until then, and after it, it waits for jobs only.
    func serve(_ connection: SSHConnection?) {
        weak.withLock { $0.connection = connection }
    }

    func rest() {
        guard let connection = weak.withLock({ $0.connection }) else { return wakeUp.wait() }
        connection.assumeIsolated { $0.rest() }
    }

    func wake() { wakeUp.ring() }
}
