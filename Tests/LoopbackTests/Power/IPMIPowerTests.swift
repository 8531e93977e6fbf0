// SPDX-License-Identifier: GPL-3.0-or-later

import BenchServices
import Boards
import Foundation
import Scheduling
import SystemPackage
import Testing
import Vocabulary

extension LoopbackStories {
    /// A real ipmitool against OpenIPMI's BMC, which takes a moment for everything.
    @Suite struct IPMIPowerTests {
        @Test func everyActionIsReadBack() async throws {
            try await SimulatedBMC.run { bmc in
                let power = try bmc.power()
                #expect(try await power.state(deadline: soon) == .off)
                let on = try await power.on(deadline: soon)
                #expect(on == PowerReading(state: .on, isConfirmed: true))
                #expect(try await power.isOn(deadline: soon) == true)
                #expect(try await power.on(deadline: soon).state == .on, "twice is no error")
                let off = try await power.off(deadline: soon)
                #expect(off == PowerReading(state: .off, isConfirmed: true))
            }
        }

        /// The board counts how often it was started: a BMC's own cycle says `on` all the time.
        @Test func aCycleHasTakenThePowerAway() async throws {
            try await LoopbackService.withFolder { folder in
                let count = folder.appending("count")
                try folder.write("echo >> \(count)\nexec sleep 1000\n", to: "board")
                try await SimulatedBMC.run(board: "sh \(folder)/board") { bmc in
                    let power = try bmc.power()
                    try await power.on(deadline: soon)
                    try await awaitStarts(1, count)
                    #expect(try await power.cycle(deadline: soon).isConfirmed)
                    try await awaitStarts(2, count)
                    try await power.off(deadline: soon)
                }
            }
        }

        @Test func whatItReadsIsNotWhatWasWanted() async throws {
            // This board ends as soon as it has power: to the BMC it is never on for long.
            try await SimulatedBMC.run(board: "true") { bmc in
                let power = try bmc.power()
                let limit = Deadline.after(.seconds(2), for: "the power")
                let error = try await #require(throws: PowerError.self) {
                    while true { try await power.on(deadline: limit) }
                }
                #expect(error.wanted == .on && error.kind == .bench)
                let text = "\(error)"
                #expect(text.hasPrefix("board loopback could not be switched on: the BMC 127."))
                #expect(text.contains("state reads off, where on was wanted"), "\(text)")
            }
        }

        @Test(arguments: [("lab", "wrong-password"), ("nobody", "password")])
        func whomTheBMCDoesNotKnow(user: String, password: String) async throws {
            try await SimulatedBMC.run { bmc in
                let access = bmc.access(user: user, password: password)
                let power = PowerSwitch(
                    board: try SimulatedBMC.board, driver: IPMIPower(access))
                let error = try await #require(throws: IPMIError.self) {
                    try await power.on(deadline: soon)
                }
                #expect(error.cause == .credentials && error.kind == .bench)
            }
        }

        @Test func aBMCThatIsNotThere() async throws {
            try await LoopbackService.withFolder { folder in
                try folder.write("secret\n", to: "password")
                let access = SimulatedBMC(folder: folder, port: try FreePort.find())
                let error = try await #require(throws: IPMIError.self) {
                    try await access.power().on(deadline: soon)
                }
                #expect(error.cause == .silent)
                #expect("\(error)".contains("could not do `power on`: it does not answer"))
            }
        }

        @Test func aPasswordFileThatIsMissingOpenOrEmpty() async throws {
            try await LoopbackService.withFolder { folder in
                try folder.write("secret\n", to: "open", mode: 0o644)
                try folder.write("", to: "empty")
                for (name, cause) in [
                    ("missing", "No such file"), ("open", "others may read or change it"),
                    ("empty", "it is empty"),
                ] {
                    let bmc = SimulatedBMC(folder: folder, port: 1)
                    let access = bmc.access(password: name)
                    let power = PowerSwitch(
                        board: try SimulatedBMC.board, driver: IPMIPower(access))
                    let error = try await #require(throws: SecretFileError.self) {
                        try await power.on(deadline: soon)
                    }
                    #expect(error.cause.contains(cause) && error.kind == .bench)
                }
            }
        }

        /// The board is a process that is no computer: to the BMC it is on, and nobody answers.
        @Test func aBMCThatSaysOnWhileTheBoardIsDead() async throws {
            try await SimulatedBMC.run { bmc in
                try await bmc.power().on(deadline: soon)
                let error = try await #require(throws: DeadBoard.self) {
                    try await reachDeadBoard(bmc)
                }
                #expect(error.kind == .bench)
                let text = "\(error)"
                #expect(text.contains("board loopback to answer over SSH"), "\(text)")
                #expect(text.contains("the BMC 127.0.0.1:\(bmc.port) says that the power of board"))
                try await bmc.power().off(deadline: soon)
            }
        }

        private func reachDeadBoard(_ bmc: SimulatedBMC) async throws {
            let budgets = BoardBudgets(
                boot: .seconds(2), connect: .seconds(1), step: .seconds(1), power: .seconds(20))
            let target = LoopbackServer(
                folder: bmc.folder.string, port: try FreePort.find(), hostKeyLine: "",
                process: 0
            ).target(pins: [])
            let board = RemoteBoard(target: target, power: try bmc.power(), console: nil)
            let plan = BoardPlan(
                name: try SimulatedBMC.board, access: .remote(board), budgets: budgets)
            let provisions = LiveBoard.Provisions(
                consoleLog: bmc.folder.appending("console"), agent: bmc.folder.appending("agent"))
            try await LiveBoard.withBoard(plan, provisions: provisions) { _ in }
        }

        private func awaitStarts(_ wanted: Int, _ file: FilePath) async throws {
            try await retrying(until: soon, pause: .milliseconds(50)) {
                let count = try String(contentsOfFile: file.string, encoding: .utf8).count
                guard count == wanted else { throw WrongCount(count: count) }
            }
        }
    }

    private struct WrongCount: Error { let count: Int }
}
