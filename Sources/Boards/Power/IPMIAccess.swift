// SPDX-License-Identifier: GPL-3.0-or-later

import Scheduling
package import SystemPackage

/// How a BMC is reached with ipmitool: where it is and who we are.
package struct IPMIAccess: Sendable, Hashable {
    package let host: String
    /// A UDP port; 623 where a BMC is left as it came.
    package let port: UInt16
    package let user: String
    package let passwordFile: SecretFile
    /// One of ipmitool's interfaces: `lanplus` is IPMI 2.0, `lan` 1.5.
    package let interface: String
    /// A number of the IPMI specification's table 22-20; without, ipmitool asks the BMC.
    package let cipherSuite: Int?

    package init(
        host: String, port: UInt16 = 623, user: String, passwordFile: SecretFile,
        interface: String = "lanplus", cipherSuite: Int? = nil
    ) {
        (self.host, self.port, self.user) = (host, port, user)
        (self.passwordFile, self.interface) = (passwordFile, interface)
        self.cipherSuite = cipherSuite
    }

    /// For messages: `the BMC 10.0.0.7:623`.
    package var title: String { "the BMC \(host):\(port)" }

    /// The same BMC, with the password file below a folder unless its path is a whole one.
    package func inFolder(_ folder: FilePath) -> IPMIAccess {
        IPMIAccess(
            host: host, port: port, user: user,
            passwordFile: SecretFile(folder.pushing(passwordFile.path)), interface: interface,
            cipherSuite: cipherSuite)
    }

    /// ipmitool's command line for some words; the password is in none of them.
    package func command(_ words: [String]) -> ControllerCommand {
        let suite = cipherSuite.map { ["-C", "\($0)"] } ?? []
        return ControllerCommand(
            program: "ipmitool",
            arguments: ["-I", interface, "-H", host, "-p", "\(port)", "-U", user]
                + ["-f", passwordFile.path.string] + suite + words)
    }

    /// Runs ipmitool and gives what it prints.
    /// - Throws: `SecretFileError`, `IPMIError`, `ToolFailure`.
    func run(_ words: [String], deadline: Deadline) async throws -> String {
        try passwordFile.check()
        // Told to be verbose it says why no session came about, on standard error.
        let command = command(["-v", "-N", "1", "-R", "3"] + words)
        let output = try await Tool.run(command.program, command.arguments, deadline: deadline)
        guard output.status == .exited(0) else {
            let complaint = String(decoding: output.standardError, as: UTF8.self)
            throw IPMIError(
                bmc: title, action: "do `\(words.joined(separator: " "))`",
                cause: IPMIError.Cause(complaint: complaint))
        }
        return output.text
    }
}
