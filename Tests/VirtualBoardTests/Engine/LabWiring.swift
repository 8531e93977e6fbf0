// SPDX-License-Identifier: GPL-3.0-or-later

import BenchServices
import Foundation
import Scheduling
import SystemPackage

/// What a machine of the lab is wired to: something that switches its power, and something that
/// hears its serial line.
struct LabWiring: Sendable {
    enum Kind {
        /// A BMC and a serial server, real programs both; the port may talk RFC 2217.
        case services(telnet: Bool)
        /// Commands, and a file that grows.
        case commands
    }

    /// The words of a lab file.
    let power, console: String
    /// The machine's serial port, as an option of QEMU.
    let serialPort: String
    /// Switches the power, and returns when that is done.
    let switchPower: @Sendable (String) async throws -> Void
    /// Lets whatever switches the power answer nobody any more, and answer again.
    let `break`, repair: @Sendable () -> Void

    /// Gives the body the wiring of a machine whose `board`, a script of the folder, is QEMU.
    static func with(
        _ kind: Kind, in folder: FilePath,
        _ body: @escaping @Sendable (LabWiring) async throws -> Void
    ) async throws {
        switch kind {
        case .commands: try await body(try commands(in: folder))
        case .services(let telnet):
            let port = try FreePort.find()
            try await SerialCable.run { cable in
                try await SerialServer.run(cable.server, at: port, telnet: telnet) {
                    try await SimulatedBMC.run(board: "sh \(folder)/board") { bmc in
                        let console =
                            telnet
                            ? "{rfc2217: {address: '127.0.0.1:\(port)', speed: 115200}}"
                            : "{tcp: '127.0.0.1:\(port)'}"
                        try await body(LabWiring(bmc, console: console, cable))
                    }
                }
            }
        }
    }
}

// MARK: Services

extension LabWiring {
    private init(_ bmc: SimulatedBMC, console: String, _ cable: SerialCable) {
        power = """
            {ipmi: {host: 127.0.0.1, port: \(bmc.port), user: \(SimulatedBMC.user), \
            password-file: \(bmc.passwordFile), cipher-suite: \(SimulatedBMC.cipherSuite)}}
            """
        self.console = console
        serialPort = "serial,id=console,path=\(cable.machine.path)"
        switchPower = { word in try await Self.tell(bmc, word) }
        `break` = { kill(bmc.process, SIGSTOP) }
        repair = { kill(bmc.process, SIGCONT) }
    }

    /// By ipmitool itself: the program under test is not what sees to it that a test begins.
    private static func tell(_ bmc: SimulatedBMC, _ word: String) async throws {
        let limit = Deadline.after(.seconds(20), for: "the power")
        let words = [
            "-I", "lanplus", "-H", "127.0.0.1", "-p", "\(bmc.port)", "-U", SimulatedBMC.user,
            "-f", bmc.passwordFile.string, "-C", "\(SimulatedBMC.cipherSuite)", "power",
        ]
        try await Tool.run("ipmitool", words + [word], deadline: limit).succeeded()
        try await retrying(until: limit) {
            let state = try await Tool.run("ipmitool", words + ["status"], deadline: limit)
                .succeeded().text
            guard state.contains("is \(word)") else { throw OtherState(text: state) }
        }
    }

    private struct OtherState: Error { let text: String }
}

// MARK: Commands

extension LabWiring {
    private static func commands(in folder: FilePath) throws -> LabWiring {
        let (power, serial) = (folder.appending("power"), folder.appending("serial.log"))
        let broken = folder.appending("broken")
        try folder.write("", to: "serial.log")
        try folder.write(script, to: "power", mode: 0o755)
        return LabWiring(
            power: "{'on': [\(power), 'on'], 'off': [\(power), 'off'], status: [\(power), status]}",
            console: "{command: [tail, -n, '0', -f, \(serial)]}",
            serialPort: "file,id=console,path=\(serial),append=on",
            switchPower: { word in
                try await Tool.run(
                    power.string, [word], deadline: .after(.seconds(20), for: "the power")
                ).succeeded()
            },
            break: { _ = FileManager.default.createFile(atPath: broken.string, contents: nil) },
            repair: { try? FileManager.default.removeItem(atPath: broken.string) })
    }

    private static let script = """
        #!/bin/sh
        cd "$(dirname "$0")" || exit 1
        alive() { [ -s pid ] && kill -0 "$(cat pid)" 2>/dev/null; }
        case $1 in
            on)
                alive && exit 0
                [ ! -e broken ] || exit 1
                setsid ./board &
                echo $! >pid ;;
            off)
                alive || exit 0
                [ ! -e broken ] || exit 1
                kill -KILL "$(cat pid)"; rm pid ;;
            status) alive ;;
        esac

        """
}
