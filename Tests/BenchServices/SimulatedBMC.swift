// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
package import SystemPackage

/// OpenIPMI's simulated BMC, whose board is a process that it starts and ends.
package struct SimulatedBMC: Sendable {
    package let folder: FilePath
    /// The UDP port that it listens on.
    package let port: UInt16
    /// The process that plays it; 0 where none does.
    package let process: Int32

    /// Says where one would be.
    package init(folder: FilePath, port: UInt16, process: Int32 = 0) {
        (self.folder, self.port, self.process) = (folder, port, process)
    }

    /// A file of the folder with the password of its user.
    package var passwordFile: FilePath { folder.appending("password") }
    /// Whom it knows.
    package static let user = "lab"
    /// Named to ipmitool, for this BMC does not tell its suites and ipmitool would wait.
    package static let cipherSuite = 3

    /// Runs a BMC whose board is a command, with its serial line at a TCP port if it has one.
    package static func run<Value: Sendable>(
        board: String = "sleep 1000", console: UInt16? = nil,
        _ body: @escaping @Sendable (SimulatedBMC) async throws -> Value
    ) async throws -> Value {
        try await LoopbackService.withFolder { folder in
            let port = try FreePort.find()
            try folder.write("secret1234\n", to: "password")
            try folder.write("another\n", to: "wrong-password")
            try folder.write(commands, to: "commands")
            let serial = try FreePort.find()
            try folder.write(
                configuration(port, serial: serial, board, console: console), to: "lan.conf")
            try FileManager.default.createDirectory(
                atPath: folder.appending("state").string, withIntermediateDirectories: false)
            let arguments = ["-n", "-c", "lan.conf", "-f", "commands", "-s", "\(folder)/state"]
            return try await LoopbackService.run("ipmi_sim", arguments, in: folder) { service in
                let bmc = SimulatedBMC(
                    folder: folder, port: port, process: service.process)
                // Not by a connection with its serial line, which would be the board's.
                try await LoopbackService.waitUntilItReceives(at: port)
                return try await body(bmc)
            }
        }
    }

    private static let commands = """
        mc_setbmc 0x20
        mc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02
        mc_enable 0x20

        """

    /// Without the serial line for a virtual machine the BMC takes no power commands.
    private static func configuration(
        _ port: UInt16, serial: UInt16, _ board: String, console: UInt16?
    ) -> String {
        let levels = ["callback", "user", "operator", "admin"]
        return """
            name "loopback"
            set_working_mc 0x20
            startlan 1
            addr 127.0.0.1 \(port)
            priv_limit admin
            \(levels.map { "allowed_auths_\($0) none md2 md5 straight" }.joined(separator: "\n"))
            guid a123456789abcdefa123456789abcdef
            endlan
            startcmd "\(board)"
            startnow false
            poweroff_wait 1
            kill_wait 1
            serial 15 127.0.0.1 \(serial) codec VM
            user 2 true "\(user)" "secret1234" admin 10 none md2 md5 straight
            \(console.map { "sol \"tcp:127.0.0.1:\($0)\" 115200" } ?? "")

            """
    }
}
