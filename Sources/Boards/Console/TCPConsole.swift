// SPDX-License-Identifier: GPL-3.0-or-later

import Scheduling
import Vocabulary

/// A console at a raw TCP port, as ser2net and terminal servers offer it.
package struct TCPConsole: ConsoleSource {
    private let address: NetworkAddress

    package init(_ address: NetworkAddress) { self.address = address }

    package var title: String { "TCP \(address)" }
    package var comesBack: Bool { true }

    /// Connects and listens until the server closes the connection.
    package func listen(_ listener: ConsoleListener) async throws {
        try await ThreadExecutor.withThread(named: "console") { executor in
            let stream = TCPStream(to: address, executor: executor)
            try await stream.connect(
                deadline: .after(.seconds(10), for: "a connection with \(address)"))
            while let bytes = try await stream.receive() { listener.take(bytes) }
            await stream.close()
        }
    }
}

/// A host and a TCP port of it.
package struct NetworkAddress: Sendable, Hashable, CustomStringConvertible {
    package let host: String
    package let port: UInt16

    package init(host: String, port: UInt16) { (self.host, self.port) = (host, port) }

    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
