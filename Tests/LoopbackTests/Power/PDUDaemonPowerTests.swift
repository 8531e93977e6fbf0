// SPDX-License-Identifier: GPL-3.0-or-later

import BenchServices
import Boards
import Foundation
import Scheduling
import SystemPackage
import Testing
import Vocabulary

extension LoopbackStories {
    /// Against a real pdudaemon, whose strip is a shell command.
    @Suite struct PDUDaemonPowerTests {
        @Test func ordersArriveAndAreNeverCalledConfirmed() async throws {
            try await withStrip { folder, power in
                let unconfirmed = PowerReading(state: .on, isConfirmed: false)
                #expect(try await power("shelf").on(deadline: soon) == unconfirmed)
                #expect(try await power("shelf").off(deadline: soon).state == .off)
                #expect(try await power("shelf").cycle(deadline: soon) == unconfirmed)
                #expect(try await power("shelf").isOn(deadline: soon) == nil)
                let orders = try String(
                    contentsOfFile: folder.appending("orders").string, encoding: .utf8)
                #expect(orders == "7 on\n7 off\n7 off\n7 on\n")
            }
        }

        @Test func aStripThatItDoesNotKnowIsRefused() async throws {
            try await withStrip { _, power in
                let error = try await #require(throws: WebError.self) {
                    try await power("cellar").on(deadline: soon)
                }
                #expect(error.kind == .bench)
                #expect(error.cause == .refused(status: 500, said: "Invalid request"))
            }
        }

        @Test func aDaemonThatIsNotThere() async throws {
            let access = PDUDaemonAccess(
                url: "http://127.0.0.1:\(try FreePort.find())", device: "shelf",
                outlet: 7)
            let power = PowerSwitch(
                board: try #require(BoardName("loopback")), driver: PDUDaemonPower(access))
            let error = try await #require(throws: WebError.self) {
                try await power.on(deadline: soon)
            }
            #expect("\(error)".contains("could not switch outlet 7 of shelf on: "), "\(error)")
            #expect("\(error)".contains("Failed to connect"), "\(error)")
        }

        private func withStrip(
            _ body:
                @escaping @Sendable (
                    FilePath, @Sendable (String) throws -> PowerSwitch
                ) async throws -> Void
        ) async throws {
            try await LoopbackService.withFolder { folder in
                let port = try FreePort.find()
                try folder.write(configuration(folder, port), to: "pdu.json")
                let arguments = ["--conf", "\(folder)/pdu.json", "--logfile", "\(folder)/pdu.log"]
                try await LoopbackService.run("pdudaemon", arguments, in: folder) { _ in
                    try await LoopbackService.waitUntilItListens(at: port)
                    try await body(folder) { device in
                        PowerSwitch(
                            board: try #require(BoardName("loopback")),
                            driver: PDUDaemonPower(
                                PDUDaemonAccess(
                                    url: "http://127.0.0.1:\(port)", device: device, outlet: 7)))
                    }
                }
            }
        }

        private func configuration(_ folder: FilePath, _ port: UInt16) -> String {
            """
            {"daemon": {"hostname": "127.0.0.1", "port": \(port), "listener": "http",
                        "logging_level": "INFO"},
             "pdus": {"shelf": {"driver": "localcmdline",
                                "cmd_on": "echo '%s on' >> \(folder)/orders",
                                "cmd_off": "echo '%s off' >> \(folder)/orders"}}}

            """
        }
    }
}
