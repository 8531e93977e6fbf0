// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage

/// A real ser2net with one line at one port of this machine.
package enum SerialServer {
    /// Runs it for as long as the body does; `telnet` makes the port talk RFC 2217.
    package static func run<Value: Sendable>(
        _ line: PseudoTerminal, at port: UInt16, telnet: Bool = false,
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await LoopbackService.withFolder { folder in
            let telnetWords = telnet ? "telnet(rfc2217)," : ""
            let configuration = """
                %YAML 1.1
                ---
                connection: &line
                  accepter: \(telnetWords)tcp,127.0.0.1,\(port)
                  connector: serialdev,\(line.path),9600n81,local

                """
            try folder.write(configuration, to: "ser2net.yaml")
            let arguments = ["-d", "-u", "-c", "\(folder)/ser2net.yaml"]
            return try await LoopbackService.run("ser2net", arguments, in: folder) { _ in
                try await LoopbackService.waitUntilItIsBound(to: port)
                return try await body()
            }
        }
    }
}
