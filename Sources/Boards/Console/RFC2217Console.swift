// SPDX-License-Identifier: GPL-3.0-or-later

import Scheduling
import Vocabulary

/// A console at a port that talks telnet with the COM port option (RFC 2217).
package struct RFC2217Console: ConsoleSource {
    private let address: NetworkAddress
    /// In bits per second.
    private let speed: UInt32

    package init(_ address: NetworkAddress, speed: UInt32) {
        (self.address, self.speed) = (address, speed)
    }

    package var title: String { "RFC 2217 at \(address)" }
    package var comesBack: Bool { true }

    /// Connects, sets the line, and listens until the server closes the connection.
    package func listen(_ listener: ConsoleListener) async throws {
        try await ThreadExecutor.withThread(named: "console") { executor in
            let limit = Deadline.after(.seconds(10), for: "a connection with \(address)")
            let stream = TCPStream(to: address, executor: executor)
            try await stream.connect(deadline: limit)
            var telnet = TelnetStream(speed: speed)
            try await stream.send(telnet.greeting(), deadline: limit)
            while let bytes = try await stream.receive() {
                let step = telnet.take(bytes)
                if !step.data.isEmpty { listener.take(step.data) }
                tell(step, listener)
                try await stream.send(
                    step.replies, deadline: .after(.seconds(10), for: "the console's answer"))
            }
            await stream.close()
        }
    }

    private func tell(_ step: TelnetStream.Step, _ listener: ConsoleListener) {
        if step.isRefused {
            listener.note("the server has no COM port option, so it keeps the speed that it has")
        }
        for other in step.speeds where other != speed {
            listener.note("the line runs at \(other) bit/s, not at \(speed)")
        }
    }
}
