// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing
import VirtualBoards
import Vocabulary

/// A second way to a virtual board, beside the connection that the run under test has.
struct BoardShell {
    let port: UInt16
    let key: FilePath

    /// Finds the port that a QEMU listens on, and the key that opens every virtual board.
    static func reach(qemu: pid_t) async throws -> BoardShell {
        let port = try #require(listeningPort(of: qemu))
        return BoardShell(port: port, key: try await Bench.image().clientKey)
    }

    /// Runs a script on the board.
    func run(_ script: String) async throws -> ToolOutput {
        try await Tool.run(
            "ssh",
            [
                "-F", "none", "-p", "\(port)", "-i", key.string, "-o", "ConnectTimeout=30",
                "-o", "UserKnownHostsFile=/dev/null", "-o", "StrictHostKeyChecking=no",
                "-o", "LogLevel=ERROR", "root@127.0.0.1", script,
            ], deadline: .after(.seconds(60), for: "a command by SSH"))
    }

    /// Starts something that the connection itself will not survive.
    func doom(_ script: String) async throws {
        _ = try await run("(sleep 0.3; \(script)) </dev/null >/dev/null 2>&1 &").succeeded()
    }

    /// The drivers of the board's PCI functions, by address.
    func drivers() async throws -> [String: String] {
        let script =
            #"cd /sys/bus/pci/devices; for d in *; do echo "$d $(readlink $d/driver)"; done"#
        let lines = try await run(script).succeeded().text.split(separator: "\n")
        let pairs = lines.map { $0.split(separator: " ") }.map { words in
            let driver = words.dropFirst().first?.split(separator: "/").last
            return (String(words[0]), driver.map(String.init) ?? "")
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    private static func listeningPort(of process: pid_t) -> UInt16? {
        let folder = "/proc/\(process)/fd"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let sockets = Set(
            names.compactMap { name in
                try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)")
            })
        let table = try? String(contentsOfFile: "/proc/\(process)/net/tcp", encoding: .utf8)
        // `sl local_address rem_address st … inode`; 0A is listening (proc(5)).
        for line in (table ?? "").split(separator: "\n").dropFirst() {
            let fields = line.split(separator: " ")
            guard fields.count > 9, fields[3] == "0A", sockets.contains("socket:[\(fields[9])]")
            else { continue }
            return fields[1].split(separator: ":").last.flatMap { UInt16($0, radix: 16) }
        }
        return nil
    }
}
